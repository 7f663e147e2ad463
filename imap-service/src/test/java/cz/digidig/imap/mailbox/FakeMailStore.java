package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapFailure.Unavailable;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.SearchKey;
import cz.digidig.imap.protocol.StoreCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mailboxes in memory, for one account; announces its changes to a feed. */
public final class FakeMailStore implements MailStore {
    /** A message in a mailbox. */
    private static final class Message {
        final long uid;
        final String id;
        final long date;
        int flags;
        TreeSet<String> keywords = new TreeSet<>();
        long modSeq;

        Message(long uid, String id, long date) {
            this.uid = uid;
            this.id = id;
            this.date = date;
        }
    }

    /** A mailbox. */
    private static final class Box {
        final String id;
        String path;

        @Nullable
        String specialUse;

        boolean subscribed = true;
        long uidNext = 1;
        long modSeq = 1;
        final TreeMap<Long, Message> messages = new TreeMap<>();
        final TreeMap<Long, Long> vanished = new TreeMap<>();

        Box(String id, String path) {
            this.id = id;
            this.path = path;
        }
    }

    private final ChangeFeed feed;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, byte[]> octets = new HashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean down;
    private int ids;

    public FakeMailStore(ChangeFeed feed) {
        this.feed = feed;
        add("INBOX", null);
        add("Sent", "Sent");
        add("Trash", "Trash");
    }

    private Box add(String path, @Nullable String specialUse) {
        Box box = new Box("box" + ++ids, path);
        box.specialUse = specialUse;
        boxes.put(box.id, box);
        return box;
    }

    /** From now on every call fails, or none does. */
    public void down(boolean now) {
        down = now;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    /** The id of a mailbox by name. */
    public synchronized String id(String path) {
        return boxes.values().stream()
                .filter(box -> box.path.equals(path))
                .findFirst()
                .orElseThrow()
                .id;
    }

    private void called() {
        calls.incrementAndGet();
        if (down) {
            throw new Unavailable("down", null);
        }
    }

    private Box box(String id) {
        called();
        Box box = boxes.get(id);
        if (box == null) {
            throw new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox");
        }
        return box;
    }

    private void announce(Box box) {
        feed.changed("account", box.id, box.modSeq);
    }

    @Override
    public synchronized List<Mailbox> mailboxes(String account) {
        called();
        return boxes.values().stream().map(FakeMailStore::summary).toList();
    }

    private static Mailbox summary(Box box) {
        return new Mailbox(
                box.id,
                box.path,
                box.specialUse,
                box.subscribed,
                7,
                box.uidNext,
                box.modSeq,
                box.messages.size(),
                box.messages.values().stream()
                        .filter(message -> !MessageFlag.SEEN.in(message.flags))
                        .count(),
                box.messages.values().stream()
                        .filter(message -> MessageFlag.DELETED.in(message.flags))
                        .count(),
                0);
    }

    @Override
    public synchronized Optional<Mailbox> mailbox(String account, String mailbox) {
        called();
        return Optional.ofNullable(boxes.get(mailbox)).map(FakeMailStore::summary);
    }

    @Override
    public synchronized Mailbox create(String account, MailboxName name, @Nullable String specialUse) {
        called();
        if (boxes.values().stream().anyMatch(box -> box.path.equals(name.path()))) {
            throw new Refused(ResponseCode.Plain.ALREADYEXISTS, "There is such a mailbox");
        }
        Box box = add(name.path(), specialUse);
        box.subscribed = false;
        feed.changed("account", "", 0);
        return summary(box);
    }

    @Override
    public synchronized void rename(String account, String mailbox, MailboxName name) {
        String before = box(mailbox).path;
        for (Box box : boxes.values()) {
            if (box.path.equals(before) || box.path.startsWith(before + "/")) {
                box.path = name.path() + box.path.substring(before.length());
            }
        }
        feed.changed("account", "", 0);
    }

    @Override
    public synchronized void subscribe(String account, String mailbox, boolean subscribed) {
        box(mailbox).subscribed = subscribed;
        feed.changed("account", "", 0);
    }

    @Override
    public synchronized void delete(String account, String mailbox) {
        box(mailbox);
        boxes.remove(mailbox);
        feed.changed("account", "", 0);
        feed.changed("account", mailbox, 0);
    }

    @Override
    public synchronized Changes changes(String account, String mailbox, long since, long afterUid) {
        called();
        Box box = boxes.get(mailbox);
        if (box == null) {
            throw new MailboxGone();
        }
        List<Message> changed = box.messages.tailMap(afterUid, false).values().stream()
                .filter(message -> message.modSeq > since)
                .toList();
        long[] gone = since == 0
                ? new long[0]
                : box.vanished.entrySet().stream()
                        .filter(entry -> entry.getValue() > since)
                        .mapToLong(Map.Entry::getKey)
                        .toArray();
        return new Changes(7, box.uidNext, box.modSeq, rows(changed), UidSet.of(gone), false, false);
    }

    private Rows rows(List<Message> messages) {
        Map<Long, List<String>> keywords = new HashMap<>();
        messages.stream()
                .filter(message -> !message.keywords.isEmpty())
                .forEach(message -> keywords.put(message.uid, List.copyOf(message.keywords)));
        return new Rows(
                messages.stream().mapToLong(message -> message.uid).toArray(),
                messages.stream().map(message -> message.id).toArray(String[]::new),
                messages.stream().mapToLong(message -> message.modSeq).toArray(),
                messages.stream().mapToInt(message -> message.flags).toArray(),
                messages.stream()
                        .mapToLong(message -> octets.getOrDefault(message.id, new byte[0]).length)
                        .toArray(),
                messages.stream().mapToLong(message -> message.date).toArray(),
                keywords);
    }

    @Override
    public synchronized Flagged storeFlags(
            String account,
            String mailbox,
            UidSet uids,
            StoreCommand.Mode mode,
            List<String> flags,
            @Nullable Long unchangedSince) {
        Box box = box(mailbox);
        long next = box.modSeq + 1;
        boolean any = false;
        List<Message> answered = new ArrayList<>();
        UidSet.Builder refused = new UidSet.Builder();
        for (Message message : box.messages.values()) {
            if (!uids.contains(message.uid)) {
                continue;
            }
            if (unchangedSince != null && message.modSeq > unchangedSince) {
                refused.add(message.uid);
                continue;
            }
            answered.add(message);
            any |= change(message, mode, flags, next);
        }
        if (any) {
            box.modSeq = next;
        }
        Flagged result = new Flagged(box.modSeq, any ? next : 0, rows(answered), refused.build());
        if (any) {
            announce(box);
        }
        return result;
    }

    private static boolean change(Message message, StoreCommand.Mode mode, List<String> flags, long modSeq) {
        int bits = 0;
        TreeSet<String> words = new TreeSet<>();
        for (String flag : flags) {
            Optional<MessageFlag> system = MessageFlag.ofImapName(flag);
            if (system.isPresent()) {
                bits |= system.get().bit();
            } else {
                words.add(flag);
            }
        }
        int before = message.flags;
        TreeSet<String> wordsBefore = new TreeSet<>(message.keywords);
        switch (mode) {
            case ADD -> {
                message.flags |= bits;
                message.keywords.addAll(words);
            }
            case REMOVE -> {
                message.flags &= ~bits;
                message.keywords.removeAll(words);
            }
            case REPLACE -> {
                message.flags = bits;
                message.keywords = words;
            }
        }
        boolean changed = before != message.flags || !wordsBefore.equals(message.keywords);
        if (changed) {
            message.modSeq = modSeq;
        }
        return changed;
    }

    @Override
    public synchronized Copied copy(String account, String mailbox, UidSet uids, String target) {
        Box source = box(mailbox);
        Box to = box(target);
        List<Message> copied = source.messages.values().stream()
                .filter(message -> uids.contains(message.uid))
                .toList();
        if (!copied.isEmpty()) {
            to.modSeq++;
        }
        long[] targets = new long[copied.size()];
        for (int i = 0; i < targets.length; i++) {
            Message message = copied.get(i);
            Message copy = new Message(to.uidNext++, message.id, message.date);
            copy.flags = message.flags;
            copy.keywords = new TreeSet<>(message.keywords);
            copy.modSeq = to.modSeq;
            to.messages.put(copy.uid, copy);
            targets[i] = copy.uid;
        }
        announce(to);
        long[] sources = copied.stream().mapToLong(message -> message.uid).toArray();
        return new Copied(7, sources, targets, source.modSeq);
    }

    @Override
    public synchronized Copied move(String account, String mailbox, UidSet uids, String target) {
        Copied copied = copy(account, mailbox, uids, target);
        Box source = box(mailbox);
        if (copied.source().length > 0) {
            source.modSeq++;
            for (long uid : copied.source()) {
                source.messages.remove(uid);
                source.vanished.put(uid, source.modSeq);
            }
            announce(source);
        }
        return new Copied(7, copied.source(), copied.target(), source.modSeq);
    }

    @Override
    public synchronized Expunged expunge(String account, String mailbox, @Nullable UidSet uids) {
        Box box = box(mailbox);
        long[] gone = box.messages.values().stream()
                .filter(message -> MessageFlag.DELETED.in(message.flags))
                .filter(message -> uids == null || uids.contains(message.uid))
                .mapToLong(message -> message.uid)
                .toArray();
        if (gone.length > 0) {
            box.modSeq++;
            Arrays.stream(gone).forEach(uid -> {
                box.messages.remove(uid);
                box.vanished.put(uid, box.modSeq);
            });
            announce(box);
        }
        return new Expunged(UidSet.of(gone), box.modSeq);
    }

    @Override
    public synchronized UidSet search(String account, String mailbox, SearchKey key) {
        Box box = box(mailbox);
        return UidSet.of(box.messages.values().stream()
                .filter(message -> matches(message, key))
                .mapToLong(message -> message.uid)
                .toArray());
    }

    private boolean matches(Message message, SearchKey key) {
        String text = new String(octets.getOrDefault(message.id, new byte[0]), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT);
        return switch (key) {
            case SearchKey.And and -> and.keys().stream().allMatch(part -> matches(message, part));
            case SearchKey.Or or -> matches(message, or.one()) || matches(message, or.other());
            case SearchKey.Not not -> !matches(message, not.key());
            case SearchKey.Messages numbers ->
                UidSet.parse(numbers.set().toString()).contains(message.uid);
            case SearchKey.Flag flag ->
                MessageFlag.ofImapName(flag.name())
                        .map(system -> system.in(message.flags))
                        .orElseGet(() -> message.keywords.contains(flag.name()));
            case SearchKey.Text some -> text.contains(some.value().toLowerCase(Locale.ROOT));
            case SearchKey.Body some ->
                text.substring(Math.max(0, text.indexOf("\r\n\r\n")))
                        .contains(some.value().toLowerCase(Locale.ROOT));
            case SearchKey.Header header ->
                text.lines()
                        .anyMatch(line -> line.startsWith(header.name().toLowerCase(Locale.ROOT) + ":")
                                && line.contains(header.value().toLowerCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException("not asked of storage: " + key);
        };
    }

    @Override
    public Appended append(
            String account, String mailbox, List<String> flags, long internalDate, long size, Octets source)
            throws IOException {
        byte[] read;
        try (InputStream body = source.open()) {
            read = body.readAllBytes();
        }
        return put(mailbox, flags, internalDate, read);
    }

    /** A message comes in from elsewhere. */
    public synchronized Appended put(String mailbox, List<String> flags, long date, byte[] read) {
        Box box = box(mailbox);
        String id = "message" + ++ids;
        octets.put(id, read);
        Message message = new Message(box.uidNext++, id, date);
        box.modSeq++;
        change(message, StoreCommand.Mode.REPLACE, flags, box.modSeq);
        message.modSeq = box.modSeq;
        box.messages.put(message.uid, message);
        Appended appended = new Appended(7, message.uid, box.modSeq, id);
        announce(box);
        return appended;
    }

    @Override
    public synchronized Map<String, Rendered> rendered(List<String> wanted) {
        called();
        Map<String, Rendered> all = new HashMap<>();
        for (String id : wanted) {
            byte[] message = octets.get(id);
            if (message != null) {
                int body = new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
                body = body < 0 ? message.length : body + 4;
                all.put(
                        id,
                        new Rendered(
                                octets("(NIL \"" + id + "\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
                                octets("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" " + message.length
                                        + " 1 NIL NIL NIL NIL)"),
                                octets("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" " + message.length + " 1)"),
                                "thread",
                                new Part(0, body, message.length, "7bit", List.of(), null)));
            }
        }
        return all;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public synchronized Map<String, byte[]> raw(List<String> wanted, long most) {
        called();
        Map<String, byte[]> all = new HashMap<>();
        for (String id : wanted) {
            byte[] message = octets.get(id);
            if (message != null) {
                all.put(id, message.length <= most ? message : Arrays.copyOf(message, (int) most));
            }
        }
        return all;
    }

    @Override
    public void raw(String id, long from, long length, OutputStream sink) throws IOException {
        called();
        byte[] message = octets.get(id);
        sink.write(message, (int) from, (int) length);
    }
}
