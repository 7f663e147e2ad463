package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.index.IndexSource;
import cz.digidig.storage.index.IndexedMessage;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mime.MessageParser;
import cz.digidig.storage.mime.ParsedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One mailbox in memory, with all that search asks of a store. */
final class MailboxInMemory implements MailboxSource, IndexSource {
    /** A message of it. */
    record Row(
            long uid,
            String id,
            long modSeq,
            int flags,
            List<String> keywords,
            long size,
            long date,
            ParsedMessage parsed) {}

    final TreeMap<Long, Row> rows = new TreeMap<>();
    private final TreeMap<Long, Long> vanished = new TreeMap<>();
    private final MessageParser parser = new MessageParser();
    private long modSeq = 1;
    private long uidNext = 1;
    int textsRead;

    long add(int flags, List<String> keywords, long date, String source) {
        byte[] octets = source.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        long uid = uidNext++;
        rows.put(
                uid,
                new Row(
                        uid,
                        new MessageId(7, uid).toString(),
                        ++modSeq,
                        flags,
                        keywords,
                        octets.length,
                        date,
                        parser.parse(octets)));
        return uid;
    }

    void flag(long uid, int flags, List<String> keywords) {
        rows.computeIfPresent(
                uid,
                (_, row) -> new Row(uid, row.id(), ++modSeq, flags, keywords, row.size(), row.date(), row.parsed()));
    }

    void expunge(long uid) {
        if (rows.remove(uid) != null) {
            vanished.put(uid, ++modSeq);
        }
    }

    @Override
    public List<MailboxSummary> mailboxes(String account) {
        return List.of(mailbox(account, "m"));
    }

    @Override
    public void walk(Consumer<List<Known>> step) {
        step.accept(List.of(new Known("a", "m", uidNext, modSeq)));
    }

    @Override
    public List<IndexedMessage> indexed(List<String> ids) {
        return rows.values().stream()
                .filter(row -> ids.contains(row.id()))
                .map(row -> new IndexedMessage(
                        MessageId.parse(row.id()),
                        row.parsed().facts(),
                        row.parsed().search()))
                .toList();
    }

    @Override
    public MailboxSummary mailbox(String account, String mailbox) {
        return new MailboxSummary(mailbox, mailbox, null, true, 7, uidNext, modSeq, rows.size(), 0, 0, 0);
    }

    @Override
    public MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit) {
        List<Row> all = rows.values().stream()
                .filter(row -> row.modSeq() > since && row.uid() > afterUid)
                .toList();
        // Small pages, so that paging is tested.
        List<Row> some = all.subList(0, Math.min(all.size(), Math.min(limit, 10)));
        UidSet gone = UidSet.of(vanished.entrySet().stream()
                .filter(entry -> since > 0 && entry.getValue() > since)
                .mapToLong(entry -> entry.getKey())
                .toArray());
        List<MessageColumns.Keywords> keywords = new ArrayList<>();
        some.stream()
                .filter(row -> !row.keywords().isEmpty())
                .forEach(row -> keywords.add(new MessageColumns.Keywords(row.uid(), row.keywords())));
        MessageColumns columns = new MessageColumns(
                some.stream().mapToLong(Row::uid).toArray(),
                some.stream().map(Row::id).toArray(String[]::new),
                some.stream().mapToLong(Row::modSeq).toArray(),
                some.stream().mapToInt(Row::flags).toArray(),
                some.stream().mapToLong(Row::size).toArray(),
                some.stream().mapToLong(Row::date).toArray(),
                keywords);
        return new MailboxChanges(7, uidNext, modSeq, columns, gone.toString(), false, some.size() < all.size());
    }

    @Override
    public List<MessageText> texts(List<String> ids) {
        textsRead += ids.size();
        return rows.values().stream()
                .filter(row -> ids.contains(row.id()))
                .map(row -> new MessageText(
                        row.id(),
                        row.parsed().facts().sentOn(),
                        row.parsed().search(),
                        row.parsed().facts().attachments()))
                .toList();
    }
}
