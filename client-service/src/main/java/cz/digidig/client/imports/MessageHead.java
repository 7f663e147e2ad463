package cz.digidig.client.imports;

import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few things of a message's header that an import must know. */
record MessageHead(String text) {
    private static final Pattern FIELD = Pattern.compile("[!-9;-~]+[ \\t]*:.*", Pattern.DOTALL);
    private static final int LONGEST_SUBJECT = 120;

    /** Whether it begins as a message does. */
    boolean isMessage() {
        return FIELD.matcher(text.substring(0, Math.min(1000, text.length()))).matches();
    }

    /** How many octets the line takes that an mbox has before a message, where a program left it there. */
    int separator() {
        int end = text.indexOf('\n') + 1;
        return text.startsWith("From ") && end > 0 && new MessageHead(text.substring(end)).isMessage() ? end : 0;
    }

    /** Whether its first line ends as a mail's does. */
    boolean hasMailLines() {
        int end = text.indexOf('\n');
        return end < 0 || (end > 0 && text.charAt(end - 1) == '\r');
    }

    private Optional<String> field(String name) {
        Matcher end = Pattern.compile("\\r?\\n\\r?\\n").matcher(text);
        String header = end.find() ? text.substring(0, end.start()) : text;
        Matcher field = Pattern.compile("(?im)^" + name + "[ \\t]*:(.*(?:\\r?\\n[ \\t].*)*)")
                .matcher(header);
        return field.find() ? Optional.of(field.group(1).replaceAll("\\s+", " ").strip()) : Optional.empty();
    }

    /** When it says that it was written. */
    Optional<Instant> written() {
        return field("Date").flatMap(value -> {
            try {
                return Optional.of(new MailDateFormat().parse(value).toInstant());
            } catch (ParseException unreadable) {
                return Optional.empty();
            }
        });
    }

    /** To be shown. */
    Optional<String> subject() {
        return field("Subject").filter(value -> !value.isEmpty()).map(value -> {
            String decoded = decoded(value).replaceAll("[\\p{Cntrl}\\s]+", " ");
            return decoded.substring(0, Math.min(LONGEST_SUBJECT, decoded.length()));
        });
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException unknown) {
            return value;
        }
    }
}
