package cz.digidig.smtp.protocol;

import cz.digidig.common.mail.EmailAddress;

/**
 * Reads a path and what follows it in MAIL and RCPT (RFC 5321 §4.1.2). A source route is read and ignored (appendix C).
 * The address itself is judged by {@link EmailAddress}.
 */
final class PathReader {
    private final String text;
    private final EnhancedStatus trouble;
    private int at;

    /** Begins after {@code keyword} and its colon; a space that some clients put after the colon is let pass. */
    PathReader(String text, String keyword, EnhancedStatus trouble) {
        this.text = text;
        this.trouble = trouble;
        if (!text.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw BadSyntax.argument("Write " + keyword + "<address>");
        }
        at = keyword.length();
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** What stands between the angle brackets, without a source route. */
    String readPath() {
        if (at >= text.length() || text.charAt(at) != '<') {
            throw BadSyntax.address(trouble, "An address stands in angle brackets");
        }
        int from = ++at;
        if (from < text.length() && text.charAt(from) == '@') {
            int colon = text.indexOf(':', from);
            checkRoute(from, colon);
            from = colon + 1;
            at = from;
        }
        boolean quoted = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                String path = text.substring(from, at);
                at++;
                if (at < text.length() && text.charAt(at) != ' ') {
                    throw BadSyntax.address(trouble, "A space is missing after the address");
                }
                return path;
            }
        }
        throw BadSyntax.address(trouble, "The closing angle bracket is missing");
    }

    EmailAddress address(String path) {
        int open = path.lastIndexOf("@[");
        if (open >= 0 && path.endsWith("]")) {
            for (int i = open + 2; i < path.length() - 1; i++) {
                char c = path.charAt(i);
                boolean fine = (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "-.:".indexOf(c) >= 0;
                if (!fine) {
                    throw BadSyntax.address(trouble, "Not an address literal");
                }
            }
        }
        return EmailAddress.parse(path).orElseThrow(() -> BadSyntax.address(trouble, "Not an address"));
    }

    Parameters parameters() {
        return Parameters.read(text.substring(Math.min(at, text.length())));
    }

    /** {@code @a,@b:} (RFC 5321 §4.1.2, A-d-l). */
    private void checkRoute(int from, int colon) {
        if (colon < 0) {
            throw BadSyntax.address(trouble, "A source route ends in a colon");
        }
        for (String hop : text.substring(from, colon).split(",", -1)) {
            if (!hop.startsWith("@") || EmailAddress.domain(hop.substring(1)).isEmpty()) {
                throw BadSyntax.address(trouble, "Not a source route");
            }
        }
    }
}
