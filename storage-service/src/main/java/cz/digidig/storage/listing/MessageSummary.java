package cz.digidig.storage.listing;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.listing.MessageSource.StoredMessage;
import cz.digidig.storage.mime.MessageFacts;
import cz.digidig.storage.search.MailboxRows;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as lists show it. */
record MessageSummary(
        @Schema(description = "Opaque; the same in every mailbox that holds the message", example = "65f1c0d2a9b3")
        String id,

        @Schema(description = "Its UID in this mailbox", example = "4711")
        long uid,

        @Schema(description = "The conversation that it belongs to", example = "TqJxw2yV0pYf3m1bKZc9s")
        String threadId,

        @Schema(example = "Minutes of Monday") String subject,
        List<Person> from,
        List<Person> to,

        @Schema(
                description = "When it says that it was sent; null where that can't be read",
                example = "2026-11-24T08:30:00Z")
        @Nullable
        Instant date,

        @Schema(description = "When it came", example = "2026-11-24T08:30:02Z")
        Instant receivedAt,

        @Schema(description = "Octets", example = "4096") long size,

        @Schema(description = "System flags by IMAP name", example = "[\"\\\\Seen\"]")
        List<String> flags,

        @Schema(example = "[\"$Important\"]") List<String> keywords,

        @Schema(description = "The beginning of its text", example = "Dear all, here is what we agreed on")
        String preview,

        boolean hasAttachment) {

    /** Someone who sends or gets a message. */
    record Person(
            @Schema(description = "Empty where none is given", example = "Alice Novak")
            String name,

            @Schema(example = "alice@digidig.test") String address) {}

    static MessageSummary of(MailboxRows rows, int row, StoredMessage message) {
        MessageFacts facts = message.facts();
        return new MessageSummary(
                message.id(),
                rows.uid(row),
                message.threadId(),
                facts.subject(),
                people(facts.from()),
                people(facts.to()),
                facts.date(),
                Instant.ofEpochMilli(rows.internalDate(row)),
                rows.size(row),
                MessageFlag.fromBits(rows.flags(row)).stream()
                        .map(MessageFlag::imapName)
                        .toList(),
                rows.keywords(row),
                facts.preview(),
                facts.hasAttachment());
    }

    static List<Person> people(List<MessageFacts.Correspondent> correspondents) {
        return correspondents.stream()
                .map(each -> new Person(each.name(), each.address()))
                .toList();
    }
}
