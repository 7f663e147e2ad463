package cz.digidig.smtp.submission;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to compose.
 *
 * @param from the author; left out: the account's own address
 * @param to recipients
 * @param cc recipients for information
 * @param bcc recipients that the others don't see
 * @param replyTo where answers go
 * @param subject any text
 * @param text the body as plain text
 * @param html the body as HTML; with {@code text}, one is an alternative to the other
 * @param attachments files
 * @param headers further header fields, as text
 * @param inReplyTo the Message-ID of what is answered
 * @param references the Message-IDs of the thread, oldest first
 * @param saveSent whether a copy goes to the account's Sent mailbox
 * @param sendAt when it is to be sent, at most 366 days ahead; left out: at once
 */
@Schema(description = "A message to compose")
record NewMessage(
        @Nullable Party from,
        @Nullable List<Party> to,
        @Nullable List<Party> cc,
        @Nullable List<Party> bcc,
        @Nullable List<Party> replyTo,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable List<Attachment> attachments,
        @Nullable Map<String, String> headers,
        @Nullable String inReplyTo,
        @Nullable List<String> references,
        @Nullable Boolean saveSent,
        @Nullable Instant sendAt) {
    /**
     * A file.
     *
     * @param name its file name; left out: none
     * @param type its media type; left out: application/octet-stream
     * @param content its octets in Base64
     * @param cid its Content-ID, by which {@code html} refers to it ({@code cid:...}): it is shown there and not listed
     */
    record Attachment(
            @Nullable String name,
            @Nullable String type,
            byte @Nullable [] content,
            @Nullable String cid) {}
}
