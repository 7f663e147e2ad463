package cz.digidig.imap.mailbox;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.MessageRef;
import cz.digidig.imap.protocol.SearchKey;
import cz.digidig.imap.protocol.SequenceSet;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds messages in a view. What the snapshot tells (numbers, flags, dates, sizes, mod-sequences) is answered from it;
 * storage is asked for the rest, about the messages that are left.
 */
public final class MessageSearch {
    /** With more ranges than these, storage is asked about the whole mailbox. */
    private static final int MOST_RANGES = 2000;

    private final MailboxView view;
    private final MailboxSnapshot messages;
    private final MessageCache cache;
    private final Clock clock;

    public MessageSearch(MailboxView view, MessageCache cache, Clock clock) {
        this.view = view;
        this.messages = view.messages();
        this.cache = cache;
        this.clock = clock;
    }

    @FunctionalInterface
    private interface RowTest {
        boolean test(MailboxSnapshot.Row row);
    }

    /** The indexes of the messages that match, ascending. */
    public int[] find(SearchKey key) {
        List<SearchKey> here = new ArrayList<>();
        List<SearchKey> there = new ArrayList<>();
        split(resolve(key), here, there);
        int[] found = local(here);
        if (there.isEmpty() || found.length == 0) {
            return found;
        }
        UidSet candidates = uids(found);
        if (found.length < messages.size() && candidates.ranges() <= MOST_RANGES) {
            there.addFirst(set(candidates));
        }
        UidSet matching =
                view.shared().search(there.size() == 1 ? there.getFirst() : new SearchKey.And(List.copyOf(there)));
        MailboxSnapshot.Row row = messages.row();
        return Arrays.stream(found)
                .filter(index -> matching.contains(row.moveTo(index).uid()))
                .toArray();
    }

    private int[] local(List<SearchKey> keys) {
        List<RowTest> tests = keys.stream().map(this::test).toList();
        int[] found = new int[messages.size()];
        int count = 0;
        MailboxSnapshot.Row row = messages.row();
        for (int i = 0; i < found.length; i++) {
            row.moveTo(i);
            boolean matches = true;
            for (RowTest test : tests) {
                if (!test.test(row)) {
                    matches = false;
                    break;
                }
            }
            if (matches) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private UidSet uids(int[] indexes) {
        UidSet.Builder uids = new UidSet.Builder();
        MailboxSnapshot.Row row = messages.row();
        for (int index : indexes) {
            uids.add(row.moveTo(index).uid());
        }
        return uids.build();
    }

    private static SearchKey set(UidSet uids) {
        long[] bounds = new long[2 * uids.ranges()];
        for (int i = 0; i < uids.ranges(); i++) {
            bounds[2 * i] = uids.first(i);
            bounds[2 * i + 1] = uids.last(i);
        }
        return new SearchKey.Messages(MessageRef.UID, new SequenceSet(bounds, false));
    }

    private static void split(SearchKey key, List<SearchKey> here, List<SearchKey> there) {
        if (key instanceof SearchKey.And and) {
            and.keys().forEach(part -> split(part, here, there));
        } else if (isLocal(key)) {
            here.add(key);
        } else {
            there.add(key);
        }
    }

    private static boolean isLocal(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> and.keys().stream().allMatch(MessageSearch::isLocal);
            case SearchKey.Or or -> isLocal(or.one()) && isLocal(or.other());
            case SearchKey.Not not -> isLocal(not.key());
            case SearchKey.All _,
                    SearchKey.Messages _,
                    SearchKey.Flag _,
                    SearchKey.Received _,
                    SearchKey.Larger _,
                    SearchKey.Smaller _,
                    SearchKey.ModSeq _,
                    SearchKey.EmailId _,
                    SearchKey.ThreadId _,
                    SearchKey.Older _,
                    SearchKey.Younger _ -> true;
            case SearchKey.Header _, SearchKey.Body _, SearchKey.Text _, SearchKey.Sent _ -> false;
        };
    }

    /** The key in terms that storage knows: message numbers become UIDs, what only the snapshot tells becomes a set. */
    private SearchKey resolve(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                new SearchKey.And(and.keys().stream().map(this::resolve).toList());
            case SearchKey.Or or -> alone(new SearchKey.Or(resolve(or.one()), resolve(or.other())));
            case SearchKey.Not not -> alone(new SearchKey.Not(resolve(not.key())));
            case SearchKey.Messages numbers -> set(uids(numbers));
            default -> key;
        };
    }

    /** Where local keys stand beside others in OR or NOT, those that storage does not know are answered here first. */
    private SearchKey alone(SearchKey key) {
        if (isLocal(key)) {
            return key;
        }
        return switch (key) {
            case SearchKey.Or or -> new SearchKey.Or(known(or.one()), known(or.other()));
            case SearchKey.Not not -> new SearchKey.Not(known(not.key()));
            default -> key;
        };
    }

    private SearchKey known(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                new SearchKey.And(and.keys().stream().map(this::known).toList());
            case SearchKey.Or or -> new SearchKey.Or(known(or.one()), known(or.other()));
            case SearchKey.Not not -> new SearchKey.Not(known(not.key()));
            case SearchKey.EmailId _, SearchKey.ThreadId _, SearchKey.Older _, SearchKey.Younger _ ->
                set(uids(local(List.of(key))));
            default -> key;
        };
    }

    private UidSet uids(SearchKey.Messages numbers) {
        if (numbers.set().saved()) {
            return view.saved();
        }
        if (numbers.by() == MessageRef.UID) {
            return numbers.set().resolve(messages.lastUid());
        }
        return view.uids(MessageRef.SEQUENCE, numbers.set());
    }

    private RowTest test(SearchKey key) {
        return switch (key) {
            case SearchKey.All _ -> _ -> true;
            case SearchKey.And and -> {
                List<RowTest> tests = and.keys().stream().map(this::test).toList();
                yield row -> tests.stream().allMatch(test -> test.test(row));
            }
            case SearchKey.Or or -> {
                RowTest one = test(or.one());
                RowTest other = test(or.other());
                yield row -> one.test(row) || other.test(row);
            }
            case SearchKey.Not not -> {
                RowTest test = test(not.key());
                yield row -> !test.test(row);
            }
            case SearchKey.Messages numbers -> {
                UidSet uids = uids(numbers);
                yield row -> uids.contains(row.uid());
            }
            case SearchKey.Flag flag -> flag(flag.name());
            case SearchKey.Received received -> received(received);
            case SearchKey.Larger larger -> row -> row.size() > larger.size();
            case SearchKey.Smaller smaller -> row -> row.size() < smaller.size();
            case SearchKey.ModSeq modSeq -> row -> row.modSeq() >= modSeq.atLeast();
            case SearchKey.EmailId emailId -> row -> row.id().equals(emailId.id());
            case SearchKey.ThreadId threadId -> thread(threadId.id());
            case SearchKey.Older older -> {
                long before = clock.millis() - older.seconds() * 1000;
                yield row -> row.internalDate() <= before;
            }
            case SearchKey.Younger younger -> {
                long since = clock.millis() - younger.seconds() * 1000;
                yield row -> row.internalDate() >= since;
            }
            case SearchKey.Header _, SearchKey.Body _, SearchKey.Text _, SearchKey.Sent _ ->
                throw new IllegalStateException("not known here: " + key);
        };
    }

    private static RowTest flag(String name) {
        Optional<MessageFlag> flag = MessageFlag.ofImapName(name);
        if (flag.isPresent()) {
            return row -> flag.get().in(row.flags());
        }
        return row -> {
            List<String> keywords = row.keywords();
            return keywords != null && keywords.stream().anyMatch(name::equalsIgnoreCase);
        };
    }

    private static RowTest received(SearchKey.Received received) {
        long day = start(received.date());
        long next = start(received.date().plusDays(1));
        return switch (received.test()) {
            case BEFORE -> row -> row.internalDate() < day;
            case ON -> row -> row.internalDate() >= day && row.internalDate() < next;
            case SINCE -> row -> row.internalDate() >= day;
        };
    }

    private static long start(LocalDate date) {
        Instant start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        return start.toEpochMilli();
    }

    private RowTest thread(String id) {
        List<String> ids = new ArrayList<>(messages.size());
        MailboxSnapshot.Row row = messages.row();
        for (int i = 0; i < messages.size(); i++) {
            ids.add(row.moveTo(i).id());
        }
        Map<String, Rendered> rendered = cache.rendered(ids);
        return tested -> {
            Rendered message = rendered.get(tested.id());
            return message != null && message.threadId().equals(id);
        };
    }

    /** The charsets that search strings may have; ours is a superset of both. */
    public static boolean knowsCharset(String name) {
        return name.equals("UTF-8") || name.equals("US-ASCII");
    }

    /** Refuses sequence numbers that do not exist before anything is done. */
    public void check(SearchKey key) throws BadSyntax {
        switch (key) {
            case SearchKey.And and -> and.keys().forEach(this::check);
            case SearchKey.Or or -> {
                check(or.one());
                check(or.other());
            }
            case SearchKey.Not not -> check(not.key());
            case SearchKey.Messages numbers -> uids(numbers);
            default -> {}
        }
    }
}
