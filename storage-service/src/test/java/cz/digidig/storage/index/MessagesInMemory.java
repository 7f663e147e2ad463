package cz.digidig.storage.index;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mime.MessageParser;
import cz.digidig.storage.mime.ParsedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One mailbox in memory, with all that the index asks of a store. Ids count; each message commits by itself. */
final class MessagesInMemory implements IndexSource {
    private record Message(MessageId id, ParsedMessage parsed) {}

    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final MessageParser parser = new MessageParser();
    private long uidNext = 1;
    private long modSeq = 1;
    private long added;
    int read;

    void add(String body) {
        String source = "From: ann@x.example\r\nSubject: one\r\n\r\n" + body + "\r\n";
        MessageId id = new MessageId(0, ++added);
        messages.put(uidNext++, new Message(id, parser.parse(source.getBytes(StandardCharsets.UTF_8))));
        modSeq++;
    }

    /** As it was when this many had come. */
    void restoreTo(long count) {
        messages.tailMap(count, false).clear();
        uidNext = count + 1;
        modSeq = count + 1;
    }

    void expungeBelow(long uid) {
        messages.headMap(uid, false).clear();
        modSeq++;
    }

    @Override
    public List<MailboxSummary> mailboxes(String account) {
        return List.of(new MailboxSummary("m", "INBOX", null, true, 1, uidNext, modSeq, messages.size(), 0, 0, 0));
    }

    @Override
    public MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit) {
        long[] all = messages.tailMap(afterUid, false).keySet().stream()
                .mapToLong(Long::longValue)
                .filter(uid -> uid + 1 > since)
                .toArray();
        long[] some = Arrays.copyOf(all, Math.min(limit, all.length));
        int count = some.length;
        String[] ids = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = Objects.requireNonNull(messages.get(some[i])).id().toString();
        }
        MessageColumns columns =
                new MessageColumns(some, ids, some, new int[count], new long[count], new long[count], List.of());
        return new MailboxChanges(1, uidNext, modSeq, columns, "", false, count < all.length);
    }

    @Override
    public List<IndexedMessage> indexed(List<String> ids) {
        read += ids.size();
        return messages.values().stream()
                .filter(message -> ids.contains(message.id().toString()))
                .map(message -> new IndexedMessage(
                        message.id(), message.parsed().facts(), message.parsed().search()))
                .toList();
    }

    @Override
    public void walk(Consumer<List<Known>> step) {
        step.accept(List.of(new Known("a", "m", uidNext, modSeq)));
    }
}
