package cz.digidig.storage.mime;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of messages shows of one, decoded, without control characters.
 *
 * @param subject the Subject; empty where there is none
 * @param from the From field's addresses
 * @param to the To field's
 * @param cc the Cc field's
 * @param date the instant of the Date field; null where it can't be read
 * @param sentOn the day of the Date field as written there, without regard to its zone; null where it can't be read
 * @param messageId the Message-ID without its angle brackets; null where there is none
 * @param inReplyTo the In-Reply-To field's ids, likewise
 * @param references the References field's ids, likewise, oldest first
 * @param preview the beginning of the readable text, in one line
 * @param attachments the attachments' file names, in order; empty string: one without a name
 */
public record MessageFacts(
        String subject,
        List<Correspondent> from,
        List<Correspondent> to,
        List<Correspondent> cc,
        @Nullable Instant date,
        @Nullable LocalDate sentOn,
        @Nullable String messageId,
        List<String> inReplyTo,
        List<String> references,
        String preview,
        List<String> attachments) {

    public boolean hasAttachment() {
        return !attachments.isEmpty();
    }

    /**
     * Someone who sends or gets a message.
     *
     * @param name the decoded display name; empty where there is none
     * @param address {@code local@host} as written; a local part alone where there is no host
     */
    public record Correspondent(String name, String address) {}
}
