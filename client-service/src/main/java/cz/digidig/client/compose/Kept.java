package cz.digidig.client.compose;

import cz.digidig.client.backend.MessageSummary;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.util.UriUtils;

/**
 * A file that lies in a message already: in the draft as it was saved, or in what is forwarded; or is a message itself.
 *
 * @param part its number, as in IMAP; empty: the whole message
 * @param name its file name
 * @param size octets
 * @param contentId of a picture that stands in the text; empty: it is beside the text
 */
public record Kept(String mailbox, String message, String part, String name, String type, long size, String contentId) {
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
        return new Kept(
                mailbox, message.id(), "", (cut.isEmpty() ? "message" : cut) + ".eml", MESSAGE, message.size(), "");
    }

    /** Where the page finds it. */
    public String path() {
        return "/mail/" + segment(mailbox) + "/" + segment(message) + "/parts/" + segment(part) + "?show=";
    }

    private static String segment(String of) {
        return UriUtils.encodePathSegment(of, StandardCharsets.UTF_8);
    }

    /** The same beside the text. */
    Kept asFile() {
        return new Kept(mailbox, message, part, name, type, size, "");
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
                + contentId
                + BETWEEN
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    static Optional<Kept> of(String reference) {
        String[] pieces = reference.split("\\|", 7);
        if (pieces.length < 7 || !pieces[3].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        try {
            String name = URLDecoder.decode(pieces[6], StandardCharsets.UTF_8);
            String contentId = Pictures.stands(pieces[4], pieces[5]) ? pieces[5] : "";
            return Optional.of(
                    new Kept(pieces[0], pieces[1], pieces[2], name, pieces[4], Long.parseLong(pieces[3]), contentId));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
