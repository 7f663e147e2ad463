package cz.digidig.storage.search;

import cz.digidig.storage.index.IndexLookup;
import cz.digidig.storage.index.IndexView;
import cz.digidig.storage.index.Words;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Suggests those with whom an account exchanged mail: often and lately first. Knows what the index has. */
public final class Correspondents {
    private static final Duration MOST = Duration.ofSeconds(1);
    private static final int MOST_MESSAGES = 20_000;
    private static final int MOST_WORDS = 5;
    private static final int MOST_LENGTH = 200;
    /** A message of this age counts half. */
    private static final double HALVED = Duration.ofDays(90).toMillis();

    private final IndexLookup index;
    private final Clock clock;

    Correspondents(IndexLookup index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /**
     * Someone with whom mail was exchanged.
     *
     * @param name the name that was used last; empty: never one
     * @param address as it was written last
     * @param messages how many name this address
     */
    public record Suggestion(String name, String address, int messages) {}

    /** What is known of one address. */
    private static final class Known {
        private String name = "";
        private String address = "";
        private long last = Long.MIN_VALUE;
        private long lastNamed = Long.MIN_VALUE;
        private int messages;
        private double weight;

        void add(Correspondent correspondent, long millis, double counts) {
            messages++;
            weight += counts;
            if (millis >= last) {
                last = millis;
                address = correspondent.address();
            }
            if (!correspondent.name().isEmpty() && millis >= lastNamed) {
                lastNamed = millis;
                name = correspondent.name();
            }
        }

        Suggestion suggestion() {
            return new Suggestion(name, address, messages);
        }
    }

    /**
     * Those in whose name or address words begin with what was typed.
     *
     * @param typed words; without one, nobody is suggested
     * @param limit the most
     */
    public List<Suggestion> suggest(String account, String typed, int limit) {
        String beginning = typed.substring(0, Math.min(MOST_LENGTH, typed.length()));
        List<String> words =
                Words.of(CaseFold.fold(beginning)).stream().limit(MOST_WORDS).toList();
        if (words.isEmpty()) {
            return List.of();
        }
        Map<String, Known> known = new HashMap<>();
        Optional<IndexView> view = index.view(account, MOST);
        if (view.isPresent()) {
            try (IndexView open = view.get()) {
                long now = clock.millis();
                open.people(words, MOST_MESSAGES, (millis, people) -> {
                    double counts = 1 / (1 + Math.max(0, now - millis) / HALVED);
                    for (Correspondent each : people) {
                        if (matches(each, words)) {
                            known.computeIfAbsent(CaseFold.fold(each.address()), _ -> new Known())
                                    .add(each, millis, counts);
                        }
                    }
                });
            }
        }
        return known.values().stream()
                .sorted(Comparator.comparingDouble((Known each) -> -each.weight).thenComparing(each -> each.address))
                .limit(limit)
                .map(Known::suggestion)
                .toList();
    }

    private static boolean matches(Correspondent correspondent, List<String> words) {
        if (correspondent.address().indexOf('@') < 0) {
            return false;
        }
        List<String> there = Words.of(CaseFold.fold(correspondent.name() + " " + correspondent.address()));
        return words.stream().allMatch(word -> there.stream().anyMatch(each -> each.startsWith(word)));
    }
}
