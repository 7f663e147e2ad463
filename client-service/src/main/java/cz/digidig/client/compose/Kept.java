package cz.digidig.client.compose;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A file that lies in a message already: in the draft as it was saved, or in what is forwarded.
 *
 * @param name its file name
 * @param size octets
 */
public record Kept(String mailbox, String message, String part, String name, String type, long size) {
    private static final char BETWEEN = '|';

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
