package cz.digidig.storage.listing;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.listing.ConversationMessages.ConversationMessage;
import cz.digidig.storage.listing.MessageSource.StoredMessage;
import cz.digidig.storage.search.MailboxRows;
import cz.digidig.storage.search.MailboxSearch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages by conversation. */
@Component
class Conversations {
    /** The most messages of one that are shown. */
    static final int MOST_SHOWN = 200;

    private static final int MOST_PEOPLE = 8;

    private final MailboxSearch search;
    private final Messages messages;
    private final ThreadNames names;

    Conversations(MailboxSearch search, Messages messages, ThreadNames names) {
        this.search = search;
        this.messages = messages;
        this.names = names;
    }

    /** A page of a mailbox' conversations, those with the newest messages first. */
    Page<ConversationSummary> list(String account, String mailbox, long belowUid, int limit) {
        MailboxRows rows = search.rows(account, mailbox);
        @Nullable String[] threads = names.of(rows);
        int before = belowUid == 0 ? rows.size() : rows.firstFrom(belowUid);
        // A conversation is where its newest message is, so those that a page before showed are not shown again.
        Set<String> shown = new HashSet<>();
        for (int row = rows.size() - 1; row >= before; row--) {
            shown.add(nameOf(rows, threads, row));
        }
        Map<String, Integer> newest = new LinkedHashMap<>();
        int next = before;
        while (next > 0 && newest.size() < limit) {
            String thread = nameOf(rows, threads, --next);
            if (shown.add(thread)) {
                newest.put(thread, next);
            }
        }
        boolean more = false;
        for (int row = next - 1; row >= 0 && !more; row--) {
            more = !shown.contains(nameOf(rows, threads, row));
        }
        Map<String, List<Integer>> members = ThreadNames.rows(threads, newest.keySet());
        newest.forEach((thread, row) -> members.merge(thread, List.of(row), (all, one) -> all.isEmpty() ? one : all));
        return new Page<>(summaries(rows, newest, members), more ? Cursor.below(rows.uid(next)) : null);
    }

    /** A message whose conversation is not known is one by itself. */
    private static String nameOf(MailboxRows rows, @Nullable String[] threads, int row) {
        String thread = threads[row];
        return thread == null ? rows.id(row) : thread;
    }

    private List<ConversationSummary> summaries(
            MailboxRows rows, Map<String, Integer> newest, Map<String, List<Integer>> members) {
        Set<String> ids = new LinkedHashSet<>();
        newest.values().forEach(row -> ids.add(rows.id(row)));
        members.values().forEach(all -> last(all, MOST_PEOPLE).forEach(row -> ids.add(rows.id(row))));
        Map<String, StoredMessage> stored = messages.stored(List.copyOf(ids));
        List<ConversationSummary> items = new ArrayList<>();
        newest.forEach((thread, row) -> {
            StoredMessage message = stored.get(rows.id(row));
            List<Integer> all = Objects.requireNonNull(members.get(thread));
            if (message != null) {
                items.add(new ConversationSummary(
                        message.threadId(),
                        all.size(),
                        (int) all.stream().filter(one -> !seen(rows, one)).count(),
                        uids(rows, all),
                        last(all, MOST_PEOPLE).stream()
                                .map(one -> stored.get(rows.id(one)))
                                .filter(Objects::nonNull)
                                .flatMap(
                                        one -> MessageSummary.people(one.facts().from()).stream())
                                .distinct()
                                .toList(),
                        MessageSummary.of(rows, row, message)));
            }
        });
        return items;
    }

    private static List<Integer> last(List<Integer> rows, int most) {
        return rows.subList(Math.max(0, rows.size() - most), rows.size());
    }

    private static boolean seen(MailboxRows rows, int row) {
        return MessageFlag.fromBits(rows.flags(row)).contains(MessageFlag.SEEN);
    }

    private static String uids(MailboxRows rows, List<Integer> all) {
        return UidSet.of(all.stream().mapToLong(rows::uid).toArray()).toString();
    }

    /** A message of a conversation, where it is. */
    private record Member(MailboxSummary mailbox, MailboxRows rows, int row) {
        static final Comparator<Member> NEWEST_FIRST = Comparator.comparingLong(
                        (Member member) -> member.rows().internalDate(member.row()))
                .thenComparing(member -> member.mailbox().id())
                .thenComparingLong(member -> member.rows().uid(member.row()))
                .reversed();

        String id() {
            return rows.id(row);
        }
    }

    /** The messages of a conversation, wherever they are, the oldest first; one that is in two mailboxes once. */
    ConversationMessages messages(String account, String thread) {
        List<Member> all = new ArrayList<>();
        for (MailboxSearch.Contents contents : search.contents(account)) {
            @Nullable String[] threads = names.of(contents.rows());
            for (int row = 0; row < threads.length; row++) {
                if (thread.equals(threads[row])) {
                    all.add(new Member(contents.mailbox(), contents.rows(), row));
                }
            }
        }
        all.sort(Member.NEWEST_FIRST);
        Map<String, Member> found = new LinkedHashMap<>();
        for (Member member : all) {
            if (found.size() < MOST_SHOWN) {
                found.putIfAbsent(member.id(), member);
            }
        }
        Map<String, StoredMessage> stored = messages.stored(List.copyOf(found.keySet()));
        List<ConversationMessage> items = new ArrayList<>();
        found.forEach((id, member) -> {
            StoredMessage message = stored.get(id);
            if (message != null) {
                items.add(new ConversationMessage(
                        new FoundMessage.Place(
                                member.mailbox().id(),
                                member.mailbox().path(),
                                member.mailbox().specialUse()),
                        MessageSummary.of(member.rows(), member.row(), message)));
            }
        });
        Collections.reverse(items);
        return new ConversationMessages(items);
    }
}
