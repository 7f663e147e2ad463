package cz.digidig.smtp.spool;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Moves records of messages that still wait out of segments that are to go. */
final class RecordRewriter {
    private final Journal journal;
    private final StoredOctets octets;
    private final ReentrantLock order;

    /**
     * For one spool.
     *
     * @param order the spool's: held while a message's state and its record have to agree
     */
    RecordRewriter(Journal journal, StoredOctets octets, ReentrantLock order) {
        this.journal = journal;
        this.octets = octets;
        this.order = order;
    }

    /**
     * Writes messages' records again at the journal's head, so that the segment that holds them now can go.
     *
     * @throws IOException they can't be read or written; those stay where they are
     */
    void rewrite(List<QueuedMessage> batch) throws IOException {
        Map<QueuedMessage, Journal.Append> moving = new HashMap<>();
        for (QueuedMessage message : batch) {
            byte[] content = message.inFile() ? new byte[0] : octets.inline(message);
            order.lock();
            try {
                if (!message.finished()) {
                    Journal.Append append =
                            new Journal.Append(encode(message, octets.attempts(message), content), true);
                    journal.submit(append);
                    moving.put(message, append);
                }
            } finally {
                order.unlock();
            }
        }
        for (Map.Entry<QueuedMessage, Journal.Append> entry : moving.entrySet()) {
            moved(entry.getKey(), entry.getValue().await());
        }
    }

    private static RecordFormat.Encoded encode(QueuedMessage message, List<Attempt> attempts, byte[] content) {
        List<TargetState> states = message.destinations().stream()
                .map(destination -> message.state(destination.index()))
                .toList();
        RecordFormat.Message record = new RecordFormat.Message(
                message.id(),
                message.envelope(),
                message.octets(),
                message.checksum(),
                states,
                attempts,
                message.inFile() ? -1 : 0);
        return RecordFormat.message(record, content, content.length);
    }

    private void moved(QueuedMessage message, QueuedMessage.Location to) {
        order.lock();
        try {
            QueuedMessage.Location from = message.location();
            if (message.finished()) {
                to.segment().removeLive(to.recordLength());
            } else {
                message.location(to);
                from.segment().removeLive(from.recordLength());
            }
        } finally {
            order.unlock();
        }
    }
}
