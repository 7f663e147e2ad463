package cz.digidig.smtp.mailauth.results;

import cz.digidig.smtp.mailauth.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An Authentication-Results field.
 *
 * @param server the authserv-id: who vouches for the results
 * @param results one or more, or none
 */
public record AuthenticationResults(String server, List<MethodResult> results) {
    /** The field's name in lower case. */
    public static final String NAME = "authentication-results";

    private static final int LONGEST_VALUE = 300;
    private static final String SPECIAL = "()<>@,;:\\\"/[]?= \t";

    public AuthenticationResults {
        results = List.copyOf(results);
    }

    /** Reads a field; empty: it does not follow the grammar. */
    public static Optional<AuthenticationResults> parse(HeaderField field) {
        return new ResultsReader(field.value()).read();
    }

    /**
     * The authserv-id of a field, whatever may be wrong behind it; empty: there is none to be read.
     *
     * @param value what stands behind the colon
     */
    public static Optional<String> serverOf(String value) {
        return new ResultsReader(value).server();
    }

    /** The field, folded and ended by CRLF. Texts from outside are cut and quoted as they need it. */
    public byte[] octets() {
        StringBuilder field = new StringBuilder(400);
        field.append("Authentication-Results: ").append(token(server));
        if (results.isEmpty()) {
            field.append("; none");
        }
        for (MethodResult result : results) {
            field.append(";\r\n\t").append(result.method()).append('=').append(result.result());
            if (!result.reason().isEmpty()) {
                field.append("\r\n\t reason=").append(quoted(result.reason()));
            }
            result.properties().forEach((name, value) -> {
                if (!value.isEmpty()) {
                    field.append("\r\n\t ").append(name).append('=').append(value(name, value));
                }
            });
        }
        return field.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String value(String property, String text) {
        // An address may stand as it is (RFC 8601 §2.2, pvalue) where both its halves are plain.
        int at = text.lastIndexOf('@');
        boolean address = at >= 0 && property.matches("(smtp|header)\\..*");
        return address
                        && isToken(text.substring(0, at))
                        && isToken(text.substring(at + 1))
                        && text.length() < LONGEST_VALUE
                ? text
                : at == 0 && isToken(text.substring(1)) ? text : token(text);
    }

    private static String token(String text) {
        return isToken(text) && text.length() <= LONGEST_VALUE ? text : quoted(text);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && SPECIAL.indexOf(c) < 0);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(LONGEST_VALUE, text.length()); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                // No control characters, and none that would need SMTPUTF8 of everybody behind us.
                quoted.append(c >= 0x20 && c < 0x7f ? c : '?');
            }
        }
        return quoted.append('"').toString();
    }

    /** Reads the grammar of RFC 8601 §2.2. */
    private static final class ResultsReader {
        private final String text;
        private int at;

        ResultsReader(String text) {
            this.text = text;
        }

        Optional<String> server() {
            return space() ? valueOf(";") : Optional.empty();
        }

        Optional<AuthenticationResults> read() {
            Optional<String> server = server();
            if (server.isEmpty() || !space()) {
                return Optional.empty();
            }
            version();
            List<MethodResult> results = new ArrayList<>();
            boolean none = false;
            while (at < text.length()) {
                if (text.charAt(at) != ';' || none) {
                    return Optional.empty();
                }
                at++;
                if (!space()) {
                    return Optional.empty();
                }
                if (at == text.length() && !results.isEmpty()) {
                    break;
                }
                if (results.isEmpty() && text.regionMatches(true, at, "none", 0, 4) && endsAt(at + 4)) {
                    at += 4;
                    none = true;
                } else {
                    Optional<MethodResult> result = result();
                    if (result.isEmpty()) {
                        return Optional.empty();
                    }
                    results.add(result.get());
                }
                if (!space()) {
                    return Optional.empty();
                }
            }
            return results.isEmpty() && !none
                    ? Optional.empty()
                    : Optional.of(new AuthenticationResults(server.get(), results));
        }

        private boolean endsAt(int position) {
            return position >= text.length() || " \t\r\n;(".indexOf(text.charAt(position)) >= 0;
        }

        private void version() {
            int start = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                space();
            }
        }

        private Optional<MethodResult> result() {
            Optional<String> method = word("=/");
            if (method.isEmpty() || !space()) {
                return Optional.empty();
            }
            if (at < text.length() && text.charAt(at) == '/') {
                at++;
                if (!space() || word("=").isEmpty() || !space()) {
                    return Optional.empty();
                }
            }
            Optional<String> result = equalled();
            if (result.isEmpty()) {
                return Optional.empty();
            }
            String reason = "";
            Map<String, String> properties = new LinkedHashMap<>();
            while (space() && at < text.length() && text.charAt(at) != ';') {
                Optional<String> name = word("=");
                Optional<String> value = name.isPresent() && space() ? equalled() : Optional.empty();
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                String lower = name.get().toLowerCase(Locale.ROOT);
                if (lower.equals("reason")) {
                    reason = value.get();
                } else if (lower.indexOf('.') > 0) {
                    properties.put(lower, value.get());
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(new MethodResult(
                    method.get().toLowerCase(Locale.ROOT), result.get().toLowerCase(Locale.ROOT), reason, properties));
        }

        private Optional<String> equalled() {
            if (at >= text.length() || text.charAt(at) != '=') {
                return Optional.empty();
            }
            at++;
            return space() ? valueOf(";") : Optional.empty();
        }

        private Optional<String> word(String ends) {
            int start = at;
            while (at < text.length()
                    && " \t\r\n;(\"".indexOf(text.charAt(at)) < 0
                    && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return at > start ? Optional.of(text.substring(start, at)) : Optional.empty();
        }

        private Optional<String> valueOf(String ends) {
            if (at < text.length() && text.charAt(at) == '"') {
                StringBuilder value = new StringBuilder();
                int i = at + 1;
                while (i < text.length() && text.charAt(i) != '"') {
                    i += text.charAt(i) == '\\' ? 1 : 0;
                    if (i < text.length()) {
                        value.append(text.charAt(i));
                    }
                    i++;
                }
                if (i >= text.length()) {
                    return Optional.empty();
                }
                at = i + 1;
                return Optional.of(value.toString());
            }
            return word(ends).filter(value -> isToken(value.replace("@", "")) || value.equals("@"));
        }

        /** Steps over white space and comments; false: a comment does not end. */
        private boolean space() {
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '(') {
                    depth++;
                } else if (depth > 0 && c == ')') {
                    depth--;
                } else if (depth > 0 && c == '\\') {
                    at++;
                } else if (depth == 0 && " \t\r\n".indexOf(c) < 0) {
                    return true;
                }
                at++;
            }
            at = Math.min(at, text.length());
            return depth == 0;
        }
    }
}
