package cz.digidig.smtp.client;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a server says that it can, in its reply to EHLO (RFC 5321 §4.1.1.1): each keyword with its parameters. */
record Capabilities(Map<String, List<String>> keywords) {
    /** Of a server that knows only HELO. */
    static final Capabilities NONE = new Capabilities(Map.of());

    private static final int MOST_DIGITS = 18;

    static Capabilities of(RemoteReply hello) {
        Map<String, List<String>> keywords = new HashMap<>();
        hello.lines().stream().skip(1).forEach(line -> {
            // Old servers write AUTH=LOGIN.
            List<String> words = Arrays.asList(line.strip()
                    .replaceFirst("^(?i)AUTH=", "AUTH ")
                    .toUpperCase(Locale.ROOT)
                    .split(" +"));
            keywords.merge(words.getFirst(), words.subList(1, words.size()), (one, other) -> Stream.concat(
                            one.stream(), other.stream())
                    .toList());
        });
        return new Capabilities(Map.copyOf(keywords));
    }

    private boolean has(String keyword) {
        return keywords.containsKey(keyword);
    }

    boolean startTls() {
        return has("STARTTLS");
    }

    boolean pipelining() {
        return has("PIPELINING");
    }

    boolean eightBitMime() {
        return has("8BITMIME");
    }

    boolean smtpUtf8() {
        return has("SMTPUTF8");
    }

    boolean dsn() {
        return has("DSN");
    }

    boolean size() {
        return has("SIZE");
    }

    /** The largest message that it takes; {@link Long#MAX_VALUE}: not said (RFC 1870 §4). */
    long mostOctets() {
        List<String> parameters = keywords.getOrDefault("SIZE", List.of());
        if (parameters.isEmpty()) {
            return Long.MAX_VALUE;
        }
        String digits = parameters.getFirst();
        boolean number = digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long most = number && !digits.isEmpty() ? Long.parseLong(digits) : 0;
        return most == 0 ? Long.MAX_VALUE : most;
    }

    /** The ways to log in. */
    Set<String> logIns() {
        return Set.copyOf(keywords.getOrDefault("AUTH", List.of()));
    }
}
