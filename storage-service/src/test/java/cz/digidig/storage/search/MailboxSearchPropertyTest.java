package cz.digidig.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.index.IndexLookup;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.search.MailboxInMemory.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class MailboxSearchPropertyTest {
    private static final List<String> WORDS = List.of("alpha", "Beta", "GAMMA", "žluť", "Žluť", "ß", "ss", "", " ");
    private static final long DAY = 86_400_000;

    /** What happens to the mailbox. */
    record Step(int kind, int which, int flags, String keyword, String subject, String body) {}

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Integer> which = Arbitraries.integers().between(0, 40);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        which,
                        Arbitraries.integers().between(0, 31),
                        Arbitraries.of("", "$Junk", "Later"),
                        Arbitraries.of(WORDS),
                        Arbitraries.of(WORDS))
                .as(Step::new);
    }

    @Provide
    Arbitrary<SearchKey> keys() {
        Arbitrary<LocalDate> dates = Arbitraries.integers().between(0, 6).map(LocalDate::ofEpochDay);
        Arbitrary<DateTest> tests = Arbitraries.of(DateTest.values());
        Arbitrary<SearchKey> leaves = Arbitraries.oneOf(
                Arbitraries.just(new SearchKey.All()),
                Arbitraries.of("1", "2:9", "3,5,7:40", "").map(SearchKey.Uids::new),
                Arbitraries.of("\\Seen", "\\deleted", "$junk", "LATER", "\\Recent")
                        .map(SearchKey.Flag::new),
                Combinators.combine(Arbitraries.of("Subject", "X-Absent"), Arbitraries.of(WORDS))
                        .as(SearchKey.Header::new),
                Arbitraries.of(WORDS).map(SearchKey.Body::new),
                Arbitraries.of(WORDS).map(SearchKey.Text::new),
                Combinators.combine(tests, dates).as(SearchKey.Received::new),
                Combinators.combine(tests, dates).as(SearchKey.Sent::new),
                Arbitraries.longs().between(40, 90).map(SearchKey.Larger::new),
                Arbitraries.longs().between(40, 90).map(SearchKey.Smaller::new),
                Arbitraries.longs().between(0, 60).map(SearchKey.ModSeq::new));
        return nested(leaves, 4);
    }

    private static Arbitrary<SearchKey> nested(Arbitrary<SearchKey> leaves, int depth) {
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<SearchKey> inside = nested(leaves, depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inside.list().ofMaxSize(3).map(SearchKey.And::new),
                inside.list().ofMaxSize(3).map(SearchKey.Or::new),
                inside.map(SearchKey.Not::new));
    }

    @Property(tries = 300)
    void aSearchFindsWhatTheDefinitionSays(
            @ForAll @Size(max = 60) List<@net.jqwik.api.From("steps") Step> steps,
            @ForAll @Size(min = 1, max = 5) List<@net.jqwik.api.From("keys") SearchKey> searches) {
        MailboxInMemory mailbox = new MailboxInMemory();
        // Caches too small for all of it.
        MailboxSearch search = new MailboxSearch(mailbox, 200, 2000, IndexLookup.NONE, 0);
        int asked = 0;
        for (Step step : steps) {
            apply(step, mailbox);
            if (step.kind() == 0) {
                check(mailbox, search, searches.get(asked++ % searches.size()));
            }
        }
        searches.forEach(key -> check(mailbox, search, key));
    }

    private static void apply(Step step, MailboxInMemory mailbox) {
        List<String> keywords = step.keyword().isEmpty() ? List.of() : List.of(step.keyword());
        switch (step.kind()) {
            case 4 -> mailbox.flag(step.which(), step.flags(), keywords);
            case 5 -> mailbox.expunge(step.which());
            default -> {
                String date = step.which() < 6 ? "Date: " + (1 + step.which()) + " Jan 1970 00:00 +0500\n" : "";
                String source = date + "Subject: " + step.subject() + "\n\n" + step.body() + "\n";
                mailbox.add(step.flags(), keywords, step.which() * DAY / 8, source);
            }
        }
    }

    private static void check(MailboxInMemory mailbox, MailboxSearch search, SearchKey key) {
        long[] expected = mailbox.rows.values().stream()
                .filter(row -> matches(row, key))
                .mapToLong(Row::uid)
                .toArray();
        assertThat(search.search("a", "m", key).uids())
                .isEqualTo(UidSet.of(expected).toString());
    }

    private static boolean matches(Row row, SearchKey key) {
        return switch (key) {
            case SearchKey.All() -> true;
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().allMatch(each -> matches(row, each));
            case SearchKey.Or(List<SearchKey> keys) -> keys.stream().anyMatch(each -> matches(row, each));
            case SearchKey.Not(SearchKey not) -> !matches(row, not);
            case SearchKey.Uids(String uids) -> UidSet.parse(uids).contains(row.uid());
            case SearchKey.Flag(String name) ->
                MessageFlag.ofImapName(name)
                        .map(flag -> flag.in(row.flags()))
                        .orElse(row.keywords().stream().anyMatch(name::equalsIgnoreCase));
            case SearchKey.Header(String name, String value) ->
                name.toLowerCase(Locale.ROOT).equals("subject")
                        && CaseFold.fold(row.parsed().facts().subject()).contains(CaseFold.fold(value));
            case SearchKey.Body(String value) -> row.parsed().search().body().contains(CaseFold.fold(value));
            case SearchKey.Text(String value) ->
                row.parsed().search().headers().contains(CaseFold.fold(value))
                        || row.parsed().search().body().contains(CaseFold.fold(value));
            case SearchKey.Received(DateTest test, LocalDate date) ->
                compare(test, LocalDate.ofEpochDay(row.date() / DAY), date);
            case SearchKey.Sent(DateTest test, LocalDate date) ->
                row.parsed().facts().sentOn() != null
                        && compare(
                                test,
                                Objects.requireNonNull(row.parsed().facts().sentOn()),
                                date);
            case SearchKey.Larger(long size) -> row.size() > size;
            case SearchKey.Smaller(long size) -> row.size() < size;
            case SearchKey.ModSeq(long atLeast) -> row.modSeq() >= atLeast;
        };
    }

    private static boolean compare(DateTest test, LocalDate day, LocalDate wanted) {
        return switch (test) {
            case BEFORE -> day.isBefore(wanted);
            case ON -> day.equals(wanted);
            case SINCE -> !day.isBefore(wanted);
        };
    }
}
