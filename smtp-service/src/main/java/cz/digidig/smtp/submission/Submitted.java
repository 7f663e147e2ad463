package cz.digidig.smtp.submission;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The answer to a submission.
 *
 * @param id the queue id
 * @param messageId the Message-ID in the header
 * @param recipients what became of each
 */
@Schema(description = "A message that was taken")
record Submitted(String id, String messageId, List<Outcome> recipients) {
    /**
     * One recipient.
     *
     * @param address as given, in normal form
     * @param accepted whether the message goes there
     * @param status the enhanced status code (RFC 3463)
     * @param detail why not
     */
    record Outcome(String address, boolean accepted, String status, String detail) {}
}
