package cz.digidig.storage.listing;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.api.storage.Page;
import cz.digidig.storage.listing.MessageSource.StoredMessage;
import cz.digidig.storage.mime.MessageContent;
import cz.digidig.storage.mime.MessageReader;
import cz.digidig.storage.search.MailboxRows;
import cz.digidig.storage.search.MailboxSearch;
import cz.digidig.storage.search.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Messages of a mailbox for those who list and read them. Accounts are ids here, {@code me} already resolved. */
@Service
class Messages {
    static final int MOST_LISTED = 200;
    private static final int KILO = 1024;

    private final MailboxSearch search;
    private final MessageSource source;
    private final FactsCache facts;
    private final Semaphore readable;
    private final int mostReadable;
    private final ListingProperties properties;

    Messages(MailboxSearch search, MessageSource source, ListingProperties properties) {
        this.search = search;
        this.source = source;
        this.properties = properties;
        this.facts = new FactsCache(source, properties.cachedMessages());
        this.mostReadable = (int) Math.max(KILO, properties.reading().toKilobytes());
        this.readable = new Semaphore(mostReadable, true);
    }

    /** A message in its mailbox. */
    record Found(MailboxRows rows, int row) {
        long size() {
            return rows.size(row);
        }

        String uid() {
            return Long.toString(rows.uid(row));
        }
    }

    /** A page of a list, newest first. */
    Page<MessageSummary> list(String account, String mailbox, Query query, long belowUid, int limit) {
        MailboxSearch.Found matching = search.newest(account, mailbox, query, belowUid, limit + 1);
        MailboxRows rows = matching.all();
        int[] found = matching.found();
        int count = Math.min(limit, found.length);
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(rows.id(found[i]));
        }
        Map<String, StoredMessage> stored = facts.messages(ids);
        List<MessageSummary> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StoredMessage message = stored.get(ids.get(i));
            if (message != null) {
                items.add(MessageSummary.of(rows, found[i], message));
            }
        }
        return new Page<>(items, found.length > limit ? Cursor.below(rows.uid(found[count - 1])) : null);
    }

    Found find(String account, String mailbox, String id) {
        MailboxRows rows = search.rows(account, mailbox);
        int row = rows.rowOf(id);
        if (row < 0) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such message in this mailbox");
        }
        return new Found(rows, row);
    }

    /** What lists show of messages, by id; unknown ones are left out. */
    Map<String, StoredMessage> stored(List<String> ids) {
        return facts.messages(ids);
    }

    private StoredMessage stored(String id) {
        StoredMessage message = facts.messages(List.of(id)).get(id);
        if (message == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such message");
        }
        return message;
    }

    MessageSummary summary(String account, String mailbox, String id) {
        Found found = find(account, mailbox, id);
        return MessageSummary.of(found.rows(), found.row(), stored(id));
    }

    MessageDetail detail(String account, String mailbox, String id) {
        Found found = find(account, mailbox, id);
        StoredMessage message = stored(id);
        MessageContent content = reading(id, found.size(), MessageReader::read);
        return new MessageDetail(
                MessageSummary.of(found.rows(), found.row(), message),
                MessageSummary.people(message.facts().cc()),
                content.headers(),
                content.text(),
                content.html(),
                content.attachments());
    }

    MessageContent.PartContent part(String account, String mailbox, String id, String part) {
        Found found = find(account, mailbox, id);
        return reading(id, found.size(), octets -> MessageReader.part(octets, part))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "The message has no such part"));
    }

    void write(String id, long offset, long length, OutputStream sink) throws IOException {
        source.writeOctets(id, offset, length, sink);
    }

    /** Changes flags, and gives the message as it is then. */
    MessageSummary change(String account, String mailbox, String id, FlagPatch patch) {
        String uid = find(account, mailbox, id).uid();
        if (patch.flags() != null) {
            source.flags(account, mailbox, new FlagChange(uid, Mode.REPLACE, patch.flags(), null));
        }
        if (patch.add() != null && !patch.add().isEmpty()) {
            source.flags(account, mailbox, new FlagChange(uid, Mode.ADD, patch.add(), null));
        }
        if (patch.remove() != null && !patch.remove().isEmpty()) {
            source.flags(account, mailbox, new FlagChange(uid, Mode.REMOVE, patch.remove(), null));
        }
        return summary(account, mailbox, id);
    }

    /** Removes a message from the mailbox for good. */
    void delete(String account, String mailbox, String id) {
        String uid = find(account, mailbox, id).uid();
        source.flags(account, mailbox, new FlagChange(uid, Mode.ADD, List.of("\\Deleted"), null));
        source.expunge(account, mailbox, uid);
    }

    /** Holds a message in memory for as long as it is read, within what all readers together may take. */
    private <T> T reading(String id, long size, Function<byte[], T> reader) {
        // Raw and decoded, roughly.
        int share = (int) Math.min(mostReadable, 2 * size / KILO + 1);
        try {
            if (!readable.tryAcquire(share, properties.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(ErrorCode.UNAVAILABLE, "Too many large messages are being read; try again");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ErrorCode.UNAVAILABLE, "The service is stopping");
        }
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream((int) Math.min(size, Integer.MAX_VALUE - 8));
            source.writeOctets(id, 0, size, octets);
            return reader.apply(octets.toByteArray());
        } catch (IOException unreadable) {
            throw new ProblemException(ErrorCode.UNAVAILABLE, "The message can't be read now; try again");
        } finally {
            readable.release(share);
        }
    }
}
