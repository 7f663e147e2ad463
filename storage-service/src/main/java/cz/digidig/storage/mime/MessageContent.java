package cz.digidig.storage.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for reading: its header and texts decoded, the rest by name.
 *
 * @param headers the header fields in order, decoded
 * @param text the plain text that is to be shown; null: there is none
 * @param html the HTML as it was sent, not made harmless; null: there is none
 * @param attachments all parts that are not shown as text
 */
public record MessageContent(
        List<Field> headers,
        @Nullable String text,
        @Nullable String html,
        List<Attachment> attachments) {
    /** A header field. */
    public record Field(String name, String value) {}

    /**
     * A part beside the text.
     *
     * @param part its number, as in IMAP ({@code 2}, {@code 3.1}; RFC 9051 §6.4.5.1)
     * @param name its file name; empty: none
     * @param contentType its media type in lower case, without parameters
     * @param size octets when decoded
     * @param contentId what {@code cid:} links name it by; null: none
     * @param inline whether it belongs to the text (an image in a page) rather than beside it
     */
    public record Attachment(
            String part,
            String name,
            String contentType,
            long size,
            @Nullable String contentId,
            boolean inline) {}

    /**
     * The octets of a part.
     *
     * @param contentType its media type in lower case, without parameters
     * @param charset the charset that it names; null: none
     * @param name its file name; empty: none
     * @param octets decoded from their transfer encoding
     */
    public record PartContent(String contentType, @Nullable String charset, String name, byte[] octets) {}
}
