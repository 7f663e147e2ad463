package cz.digidig.storage.mime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which parts a reader would call an attachment, and their names. */
final class Attachments {
    private static final int MOST_NAME = 255;

    private Attachments() {}

    /**
     * Whether a leaf or a message inside is an attachment: marked so, or no text and not there for the sake of another
     * part (an image of a page, a signature, a report's machine-readable part).
     *
     * @param parent the multipart that it is in; null: it is the message itself
     */
    static boolean isAttachment(MimePart part, @Nullable MimePart parent) {
        if (part.isMultipart()) {
            return false;
        }
        String disposition = part.disposition.value();
        if (disposition.equalsIgnoreCase("attachment")) {
            return true;
        }
        boolean inline = disposition.equalsIgnoreCase("inline");
        if (part.isText()) {
            return !inline && parent != null && !name(part).isEmpty();
        }
        if (parent != null) {
            String kind = parent.subtype.toLowerCase(Locale.ROOT);
            boolean forAnother =
                    switch (kind) {
                        case "report", "signed", "encrypted" -> true;
                        case "related" -> inline || part.header.find("content-id", 0) >= 0;
                        case "alternative" -> part.is("text", "calendar");
                        default -> false;
                    };
            if (forAnother) {
                return false;
            }
        }
        return !part.is("message", "delivery-status") && !part.is("application", "pgp-signature");
    }

    /** The decoded file name without a path; empty where there is none. */
    static String name(MimePart part) {
        String name = ParameterText.decoded(part.disposition.parameters(), "filename");
        if (name == null || name.isBlank()) {
            name = ParameterText.decoded(part.parameters, "name");
        }
        if (name == null) {
            return "";
        }
        String line = HeaderText.oneLine(name, 4 * MOST_NAME);
        String last = line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
        return HeaderText.oneLine(last, MOST_NAME);
    }
}
