package cz.digidig.storage.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field such as Content-Type or Content-Disposition: a value and parameters (RFC 2045 §5.1, RFC 2183 §2). Read leniently:
 * anything can be read, what makes no sense is passed over.
 *
 * @param value what stands before the first semicolon, comments and white space removed; may be empty
 * @param parameters in order
 */
record ParameterizedValue(String value, List<Parameter> parameters) {
    static ParameterizedValue parse(String text, int mostParameters) {
        return new Reader(text).read(mostParameters);
    }

    /** The first parameter of that name, as given; null: none. */
    @Nullable
    String parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        ParameterizedValue read(int most) {
            StringBuilder value = new StringBuilder();
            boolean ended = false;
            while (at < text.length() && text.charAt(at) != ';') {
                char c = text.charAt(at);
                if (c == '(') {
                    skipComment();
                } else if (isBlank(c)) {
                    at++;
                    // "text / plain" is one value; "text/plain name=x" has lost its semicolon.
                    ended = !value.isEmpty() && value.charAt(value.length() - 1) != '/' && !slashAhead();
                } else {
                    if (!ended && value.length() < 255) {
                        value.append(c);
                    }
                    at++;
                }
            }
            List<Parameter> parameters = new ArrayList<>(2);
            while (at < text.length() && parameters.size() < most) {
                at++;
                Parameter parameter = parameter();
                if (parameter != null) {
                    parameters.add(parameter);
                }
            }
            return new ParameterizedValue(value.toString(), List.copyOf(parameters));
        }

        private boolean slashAhead() {
            int i = at;
            while (i < text.length() && isBlank(text.charAt(i))) {
                i++;
            }
            at = i;
            return i < text.length() && (text.charAt(i) == '/' || text.charAt(i) == '(');
        }

        /** One parameter, up to the semicolon behind it; null: nothing that has a name and a value. */
        private @Nullable Parameter parameter() {
            skipBlank();
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
                at++;
            }
            String name = text.substring(start, at).strip();
            if (at >= text.length() || text.charAt(at) == ';') {
                return null;
            }
            at++;
            skipBlank();
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
            while (at < text.length() && text.charAt(at) != ';') {
                at++;
            }
            return name.isEmpty() ? null : new Parameter(name, value);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    break;
                }
                // Only what must be quoted is taken as quoted: senders put Windows' paths here as they are.
                boolean pair = c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\');
                value.append(pair ? text.charAt(at++) : c);
            }
            return value.toString();
        }

        /** Up to the semicolon, for names with spaces that nobody quoted; a comment behind it is not part of it. */
        private String token() {
            int start = at;
            int end = at;
            while (at < text.length() && text.charAt(at) != ';') {
                char c = text.charAt(at);
                if (c == '(' && (at == start || isBlank(text.charAt(at - 1)))) {
                    break;
                }
                at++;
                if (!isBlank(c)) {
                    end = at;
                }
            }
            return text.substring(start, end);
        }

        private void skipBlank() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '(') {
                    skipComment();
                } else if (isBlank(c)) {
                    at++;
                } else {
                    return;
                }
            }
        }

        private void skipComment() {
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\') {
                    at++;
                } else if (c == '(') {
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    break;
                }
            }
            at = Math.min(at, text.length());
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }
    }
}
