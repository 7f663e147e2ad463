package cz.digidig.client.compose;

import cz.digidig.client.backend.MessageSummary;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A file that lies in a message already: in the draft as it was saved, or in what is forwarded; or is a message itself.
 *
 * @param part its number, as in IMAP; empty: the whole message
 * @param name its file name
 * @param size octets
 */
public record Kept(String mailbox, String message, String part, String name, String type, long size) {
    private static final char BETWEEN = '|';
    private static final int LONGEST_NAME = 80;

    static final String MESSAGE = "message/rfc822";

    /** A message as it came. */
    static Kept whole(String mailbox, MessageSummary message) {
        String name = message.subject()
                .replaceAll("[\\p{Cntrl}\\s\\\\/:*?\"<>|]+", " ")
                .replaceFirst("^[. ]+", "")
                .strip();
        String cut = name.substring(0, Math.min(LONGEST_NAME, name.length())).strip();
        return new Kept(mailbox, message.id(), "", (cut.isEmpty() ? "message" : cut) + ".eml", MESSAGE, message.size());
    }

    /** As in a form. */
    public String reference() {
        return mailbox
                + BETWEEN
                + message
                + BETWEEN
                + part
                + BETWEEN
                + size
                + BETWEEN
                + type
                + BETWEEN
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    static Optional<Kept> of(String reference) {
        String[] pieces = reference.split("\\|", 6);
        if (pieces.length < 6 || !pieces[3].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        try {
            String name = URLDecoder.decode(pieces[5], StandardCharsets.UTF_8);
            return Optional.of(new Kept(pieces[0], pieces[1], pieces[2], name, pieces[4], Long.parseLong(pieces[3])));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
