package cz.digidig.client.message;

import cz.digidig.client.backend.MessageDetail;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our own mail server found out about where a message came from (RFC 8601).
 *
 * @param level what to say
 * @param domain whom it concerns
 */
record Trust(Level level, String domain) {
    private static final Trust UNKNOWN = new Trust(Level.UNKNOWN, "");
    private static final Pattern RESULT = Pattern.compile("(?i)(?:^|[;\\s])(dmarc|dkim|spf)\\s*=\\s*([a-z]+)([^;]*)");
    private static final Pattern SIGNER = Pattern.compile("(?i)header\\.(?:d|i|from)\\s*=\\s*@?([^\\s;]+)");

    /** How sure one can be. */
    enum Level {
        /** Signed, or sent, by the domain that it says it is from. */
        PROVEN,
        /** Signed by somebody; nothing says that the author's domain did it. */
        SIGNED,
        /** The author's domain asks to distrust such mail. */
        FAILED,
        /** Nothing is known: sent from here, or nobody signed. */
        UNKNOWN;

        /** As in messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the field that our server wrote; fields in other names are the sender's own words.
     *
     * @param hostname how our server names itself
     */
    static Trust of(List<MessageDetail.Field> headers, String hostname) {
        for (MessageDetail.Field field : headers) {
            if (field.name().equalsIgnoreCase("Authentication-Results")) {
                int semicolon = field.value().indexOf(';');
                String by = semicolon < 0
                        ? ""
                        : field.value().substring(0, semicolon).strip();
                if (by.replaceFirst("\\s.*$", "").equalsIgnoreCase(hostname)) {
                    return read(field.value().substring(semicolon));
                }
            }
        }
        return UNKNOWN;
    }

    private static Trust read(String results) {
        Matcher result = RESULT.matcher(results);
        Trust trust = UNKNOWN;
        while (result.find()) {
            String method = result.group(1).toLowerCase(Locale.ROOT);
            boolean pass = result.group(2).equalsIgnoreCase("pass");
            Matcher signer = SIGNER.matcher(result.group(3));
            String domain = signer.find() ? signer.group(1) : "";
            if (method.equals("dmarc") && pass) {
                return new Trust(Level.PROVEN, domain);
            }
            if (method.equals("dmarc") && result.group(2).equalsIgnoreCase("fail")) {
                return new Trust(Level.FAILED, domain);
            }
            if (method.equals("dkim") && pass && trust.level == Level.UNKNOWN) {
                trust = new Trust(Level.SIGNED, domain);
            }
        }
        return trust;
    }
}
