package cz.digidig.client.backend;

import cz.digidig.common.mailbox.MessageFlag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as lists show it.
 *
 * @param id opaque; the same in every mailbox
 * @param uid within its mailbox
 * @param threadId its conversation
 * @param date when it says that it was sent; null: can't be read
 * @param receivedAt when it came
 * @param size octets
 * @param flags system flags by IMAP name
 * @param preview the beginning of its text
 */
public record MessageSummary(
        String id,
        long uid,
        String threadId,
        String subject,
        List<Correspondent> from,
        List<Correspondent> to,
        @Nullable Instant date,
        Instant receivedAt,
        long size,
        List<String> flags,
        List<String> keywords,
        String preview,
        boolean hasAttachment) {
    private boolean is(MessageFlag flag) {
        return flags.contains(flag.imapName());
    }

    public boolean seen() {
        return is(MessageFlag.SEEN);
    }

    public boolean flagged() {
        return is(MessageFlag.FLAGGED);
    }

    public boolean answered() {
        return is(MessageFlag.ANSWERED);
    }

    public boolean draft() {
        return is(MessageFlag.DRAFT);
    }
}
