package cz.digidig.storage.journal;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A mailbox in the making: a snapshot and the changes of one round. Used by one thread. */
final class Draft {
    private static final int KEYWORDS_IN_MAILBOX = 1000;
    private static final int REMEMBERED_COMMITS = 32;

    private final Snapshot base;
    private final PageLoader loader;
    private final List<Intent> intents = new ArrayList<>();
    private final Map<Integer, Page> pages = new HashMap<>();
    private final List<String> keywords;
    private long uidNext;
    private long modSeq;
    private long messages;
    private long unseen;
    private long deleted;
    private long size;

    Draft(Snapshot base, PageLoader loader) {
        this.base = base;
        this.loader = loader;
        MailboxState state = base.state();
        this.keywords = new ArrayList<>(state.keywords());
        this.uidNext = state.uidNext();
        this.modSeq = state.highestModSeq();
        this.messages = state.messages();
        this.unseen = state.unseen();
        this.deleted = state.deleted();
        this.size = state.size();
    }

    MailboxState state() {
        return base.state();
    }

    boolean changed() {
        return !intents.isEmpty();
    }

    long highestModSeq() {
        return modSeq;
    }

    /** The intent of a delivery that the journal still holds, this round's included; null: none. */
    Intent.@Nullable Added delivered(String key) {
        for (List<Intent> list : List.of(base.state().journal(), intents)) {
            for (Intent intent : list) {
                if (intent instanceof Intent.Added added && key.equals(added.deliveryKey())) {
                    return added;
                }
            }
        }
        return null;
    }

    /** The rows of those of the UIDs that are there, ascending. */
    List<MessageRow> rows(UidSet uids) {
        List<Integer> indexes = base.pagesWith(uids);
        loader.load(base, indexes);
        List<MessageRow> rows = new ArrayList<>();
        for (int number : numbers(indexes, uids)) {
            for (MessageRow row : page(number).rows()) {
                if (uids.contains(row.uid())) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The pages at the indexes, and those that this round began. */
    private List<Integer> numbers(List<Integer> indexes, UidSet uids) {
        List<Integer> numbers = new ArrayList<>();
        for (int index : indexes) {
            numbers.add(base.state().pages().numbers()[index]);
        }
        if (intents.isEmpty() || uids.isEmpty()) {
            return numbers;
        }
        for (int number : pages.keySet()) {
            if (base.state().pages().indexOf(number) < 0) {
                numbers.add(number);
            }
        }
        numbers.sort(null);
        return numbers;
    }

    private Page page(int number) {
        Page drafted = pages.get(number);
        if (drafted != null) {
            return drafted;
        }
        int index = base.state().pages().indexOf(number);
        if (index < 0) {
            return Page.empty(number);
        }
        loader.load(base, List.of(index));
        Page loaded = base.loaded(index);
        if (loaded == null) {
            throw new StaleSnapshot(base.state().id());
        }
        return loaded;
    }

    /** All UIDs that it may hold. */
    UidSet everything() {
        return uidNext == 1 ? UidSet.EMPTY : UidSet.range(1, uidNext - 1);
    }

    private void apply(Intent intent) {
        intents.add(intent);
        for (int number : intent.pages()) {
            pages.put(number, intent.applyTo(page(number)));
        }
    }

    /**
     * Adds messages; their UIDs and mod-sequence are taken here.
     *
     * @return the rows as they are now in it
     */
    List<MessageRow> add(List<MessageRow> given, @Nullable String deliveryKey, Intent.@Nullable Origin origin) {
        if (uidNext + given.size() > UidSet.MAX_UID) {
            throw new ProblemException(ErrorCode.CONFLICT, "The mailbox has used up its UIDs");
        }
        modSeq++;
        List<MessageRow> rows = new ArrayList<>(given.size());
        for (MessageRow row : given) {
            rows.add(new MessageRow(
                    uidNext++, row.id(), modSeq, row.flags(), row.size(), row.internalDate(), row.keywords()));
            count(row, 1);
        }
        apply(new Intent.Added(modSeq, List.copyOf(rows), deliveryKey, origin));
        return rows;
    }

    private void count(MessageRow row, int sign) {
        messages += sign;
        size += sign * row.size();
        if (row.unseen()) {
            unseen += sign;
        }
        if (row.deleted()) {
            deleted += sign;
        }
    }

    /** Sets flags as the groups say; the rows are those before. */
    void flag(List<MessageRow> before, List<Intent.Group> groups) {
        modSeq++;
        apply(new Intent.Flagged(modSeq, groups));
        for (MessageRow row : before) {
            count(row, -1);
            MessageRow after = page(Page.numberOf(row.uid()))
                    .rows()[page(Page.numberOf(row.uid())).indexOf(row.uid())];
            count(after, 1);
        }
    }

    void expunge(List<MessageRow> rows) {
        modSeq++;
        UidSet.Builder uids = new UidSet.Builder();
        for (MessageRow row : rows) {
            uids.add(row.uid());
            count(row, -1);
        }
        apply(new Intent.Expunged(modSeq, uids.build()));
    }

    /** How many have {@code \\Deleted}. */
    long deleted() {
        return deleted;
    }

    String keyword(int place) {
        return keywords.get(place);
    }

    /** The place of a keyword in the mailbox's list, without regard to case; it is added where it is new. */
    int placeOf(String keyword) {
        int known = knownPlaceOf(keyword);
        if (known >= 0) {
            return known;
        }
        if (keywords.size() >= KEYWORDS_IN_MAILBOX) {
            throw new ProblemException(
                    ErrorCode.INVALID,
                    String.format(Locale.ROOT, "A mailbox has at most %d keywords", KEYWORDS_IN_MAILBOX));
        }
        keywords.add(keyword);
        return keywords.size() - 1;
    }

    /** As {@link #placeOf}, but negative where it is new. */
    int knownPlaceOf(String keyword) {
        for (int i = 0; i < keywords.size(); i++) {
            if (keywords.get(i).equalsIgnoreCase(keyword)) {
                return i;
            }
        }
        return -1;
    }

    /** The same keywords in this mailbox's list. */
    int[] translate(Draft other, int[] places) {
        if (places.length == 0) {
            return places;
        }
        int[] translated = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            translated[i] = placeOf(other.keyword(places[i]));
        }
        Arrays.sort(translated);
        return translated;
    }

    /**
     * The mailbox as it is after the round.
     *
     * @param keep intents of the old journal that some page may still lack
     */
    Snapshot result(List<Intent> keep) {
        Map<Integer, Long> modSeqs = new HashMap<>();
        pages.forEach((number, page) -> modSeqs.put(number, page.modSeq()));
        List<Intent> journal = new ArrayList<>(keep);
        journal.addAll(intents);
        MailboxState old = base.state();
        Snapshot result = new Snapshot(new MailboxState(
                old.id(),
                old.account(),
                old.uidValidity(),
                uidNext,
                modSeq,
                messages,
                unseen,
                deleted,
                size,
                old.forgottenModSeq(),
                List.copyOf(keywords),
                old.pages().with(modSeqs),
                List.copyOf(journal)));
        pages.forEach((number, page) -> result.load(result.state().pages().indexOf(number), page));
        result.reuse(base);
        return result;
    }

    /** The update that commits it, to be applied where the mod-sequence is still the one of {@link #base}. */
    Document update(int kept, long commit, Date now) {
        Document set = new Document("uidNext", uidNext)
                .append("highestModSeq", modSeq)
                .append("messages", messages)
                .append("unseen", unseen)
                .append("deleted", deleted)
                .append("size", size)
                .append("changedAt", now)
                .append("dirty", now);
        pages.forEach((number, page) -> set.append("pages." + number, page.modSeq()));
        if (keywords.size() != base.state().keywords().size()) {
            set.append("keywords", keywords);
        }
        List<Document> written = new ArrayList<>();
        for (Intent intent : intents) {
            written.add(intent.write());
        }
        // The journal is ordered, and whatever is done in it is at its beginning: its end is what is kept.
        return new Document("$set", set)
                .append(
                        "$push",
                        new Document(
                                        "journal",
                                        new Document("$each", written).append("$slice", -(kept + written.size())))
                                .append(
                                        "commits",
                                        new Document("$each", List.of(commit)).append("$slice", -REMEMBERED_COMMITS)));
    }
}
