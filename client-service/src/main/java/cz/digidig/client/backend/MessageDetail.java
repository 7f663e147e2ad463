package cz.digidig.client.backend;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message to be read.
 *
 * @param headers all fields in order, decoded
 * @param text plain text; null: none
 * @param html as it was sent, not made harmless; null: none
 * @param attachments the other parts
 */
public record MessageDetail(
        MessageSummary message,
        List<Correspondent> cc,
        List<Field> headers,
        @Nullable String text,
        @Nullable String html,
        List<Attachment> attachments) {
    /** A header field. */
    public record Field(String name, String value) {}

    /**
     * A part beside the text.
     *
     * @param part its number, as in IMAP
     * @param name its file name; empty: none
     * @param contentType in lower case, without parameters
     * @param size octets when decoded
     * @param contentId what {@code cid:} links name it by; null: none
     * @param inline whether it belongs to the text rather than beside it
     */
    public record Attachment(
            String part,
            String name,
            String contentType,
            long size,
            @Nullable String contentId,
            boolean inline) {}

    /** The first field of that name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }
}
