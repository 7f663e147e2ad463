package cz.digidig.storage.mailbox;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxPatch;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.NewMailbox;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.MailboxState;
import cz.digidig.storage.mailbox.MailboxTree.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The mailboxes of accounts: names, contents, changes. Accounts are ids; mailboxes are ids or {@code INBOX}. */
@Component
public final class Mailboxes {
    /** The most UIDs that one copy or move takes. */
    private static final long MOST_COPIED = 100_000;

    private static final Set<String> USES = Set.of("Archive", "Drafts", "Junk", "Sent", "Trash");

    private final MailboxTrees trees;
    private final MailboxJournal journal;
    private final Quotas quotas;

    Mailboxes(MailboxTrees trees, MailboxJournal journal, Quotas quotas) {
        this.trees = trees;
        this.journal = journal;
        this.quotas = quotas;
    }

    /** All mailboxes, INBOX first, then by path; the default ones are made at an account's first use. */
    public List<MailboxSummary> list(String account) {
        return list(trees.of(account).boxes());
    }

    private List<MailboxSummary> list(List<Box> boxes) {
        Map<String, MailboxState> states =
                journal.states(boxes.stream().map(Box::id).toList());
        List<MailboxSummary> summaries = new ArrayList<>(boxes.size());
        for (Box box : boxes) {
            MailboxState state = states.get(box.id());
            if (state != null) {
                summaries.add(summary(box, state));
            }
        }
        return summaries;
    }

    /** Those whose path follows another's in the order of {@link #list}; as many as asked for and one. */
    List<MailboxSummary> listAfter(String account, @Nullable String path, int limit) {
        List<Box> boxes = trees.of(account).boxes();
        int start = 0;
        if (path != null && !path.equals(MailboxPath.INBOX)) {
            while (start < boxes.size()
                    && (boxes.get(start).path().equals(MailboxPath.INBOX)
                            || boxes.get(start).path().compareTo(path) <= 0)) {
                start++;
            }
        } else if (path != null) {
            start = boxes.isEmpty() ? 0 : 1;
        }
        return list(boxes.subList(start, Math.min(boxes.size(), start + limit)));
    }

    private static MailboxSummary summary(Box box, MailboxState state) {
        return new MailboxSummary(
                box.id(),
                box.path(),
                box.specialUse(),
                box.subscribed(),
                state.uidValidity(),
                state.uidNext(),
                state.highestModSeq(),
                state.messages(),
                state.unseen(),
                state.deleted(),
                state.size());
    }

    public MailboxSummary get(String account, String mailbox) {
        return summary(trees.box(account, mailbox));
    }

    private MailboxSummary summary(Box box) {
        return journal.state(box.id())
                .map(state -> summary(box, state))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox"));
    }

    /**
     * The id of a mailbox.
     *
     * @throws ProblemException {@code not-found} where the account has no such mailbox
     */
    public String id(String account, String mailbox) {
        return trees.box(account, mailbox).id();
    }

    /** The id of the mailbox for a special use (RFC 6154); INBOX where the account has none for it any more. */
    public String idForUse(String account, String use) {
        return trees.of(account).boxes().stream()
                .filter(box -> use.equals(box.specialUse()))
                .map(Box::id)
                .findFirst()
                .orElseGet(() -> id(account, MailboxPath.INBOX));
    }

    /** Whose mail goes to the junk mailbox. */
    public BlockedSenders blockedSenders(String account) {
        return trees.of(account).blocked();
    }

    BlockedSenders block(String account, BlockedSenders senders) {
        trees.block(account, senders);
        return senders;
    }

    /** The ids of an account's mailboxes as the database has them; makes none. */
    public Set<String> ids(String account) {
        return trees.ids(account);
    }

    public MailboxSummary create(String account, NewMailbox wanted) {
        String path = MailboxPath.normalize(wanted.path());
        String use = wanted.specialUse();
        if (use != null && !USES.contains(use)) {
            throw new ProblemException(ErrorCode.INVALID, "There is no such special use");
        }
        MailboxTree tree = trees.change(account, (now, created) -> {
            if (now.byPath(path).isPresent()) {
                throw exists();
            }
            if (use != null && now.boxes().stream().anyMatch(box -> use.equals(box.specialUse()))) {
                throw new ProblemException(ErrorCode.CONFLICT, "Another mailbox has this special use");
            }
            List<Box> boxes = new ArrayList<>(now.boxes());
            addSuperiors(path, boxes, created);
            boxes.add(created.add(path, use));
            return boxes;
        });
        return summary(tree.byPath(path).orElseThrow(Mailboxes::exists));
    }

    private static ProblemException exists() {
        return new ProblemException(ErrorCode.EXISTS, "There is a mailbox of this name");
    }

    private static void addSuperiors(String path, List<Box> boxes, MailboxTrees.NewBoxes created) {
        for (String superior : MailboxPath.superiors(path)) {
            if (boxes.stream().noneMatch(box -> box.path().equals(superior))) {
                boxes.add(created.add(superior, null));
            }
        }
    }

    public MailboxSummary change(String account, String mailbox, MailboxPatch patch) {
        Box box = trees.box(account, mailbox);
        String path = patch.path() == null ? null : MailboxPath.normalize(patch.path());
        Boolean subscribed = patch.subscribed();
        MailboxTree tree = trees.change(account, (now, created) -> {
            Box current = now.byId(box.id())
                    .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox"));
            List<Box> boxes = new ArrayList<>(now.boxes());
            if (path != null && !path.equals(current.path())) {
                rename(current, path, boxes, created);
            }
            if (subscribed != null) {
                boolean wanted = subscribed;
                boxes.replaceAll(one ->
                        one.id().equals(box.id()) ? new Box(one.id(), one.path(), one.specialUse(), wanted) : one);
            }
            return boxes.equals(now.boxes()) ? null : boxes;
        });
        return summary(tree.byId(box.id())
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox")));
    }

    /** RFC 9051 §6.3.6: inferiors go with it; INBOX gives its messages to the new name and stays, empty. */
    private static void rename(Box box, String path, List<Box> boxes, MailboxTrees.NewBoxes created) {
        boolean inbox = box.path().equals(MailboxPath.INBOX);
        if (path.startsWith(box.path() + "/") && !inbox) {
            throw new ProblemException(ErrorCode.INVALID, "A mailbox can't become its own inferior");
        }
        List<Box> moved = new ArrayList<>();
        List<Box> kept = new ArrayList<>();
        for (Box one : boxes) {
            if (one.id().equals(box.id())) {
                moved.add(one.at(path));
            } else if (!inbox && one.path().startsWith(box.path() + "/")) {
                moved.add(one.at(path + one.path().substring(box.path().length())));
            } else {
                kept.add(one);
            }
        }
        if (inbox) {
            kept.add(created.add(MailboxPath.INBOX, null));
        }
        for (Box one : moved) {
            if (kept.stream().anyMatch(other -> other.path().equals(one.path()))) {
                throw exists();
            }
            // A longer name above may make the names below too long.
            MailboxPath.normalize(one.path());
        }
        addSuperiors(path, kept, created);
        boxes.clear();
        boxes.addAll(kept);
        boxes.addAll(moved);
    }

    public void delete(String account, String mailbox) {
        Box box = trees.box(account, mailbox);
        trees.change(account, (now, created) -> {
            Box current = now.byId(box.id()).orElse(null);
            if (current == null) {
                return null;
            }
            if (current.path().equals(MailboxPath.INBOX)) {
                throw new ProblemException(ErrorCode.INVALID, "INBOX can't be deleted");
            }
            return now.boxes().stream()
                    .filter(one -> !one.id().equals(box.id()))
                    .toList();
        });
        journal.delete(box.id());
        quotas.released(account);
    }

    /** Removes all that an account has, for good; none is made for it again. A repeat changes nothing. */
    void remove(String account) {
        // The tree lets go of them first: what a crash leaves behind, the sweep deletes.
        trees.remove(account).forEach(box -> journal.delete(box.id()));
        quotas.released(account);
    }

    public MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit) {
        return journal.changes(id(account, mailbox), since, afterUid, limit);
    }

    public FlagResult flags(String account, String mailbox, FlagChange change) {
        return journal.flags(
                id(account, mailbox),
                uids(change.uids()),
                change.mode(),
                FlagNames.read(change.flags()),
                change.unchangedSince());
    }

    /**
     * Expunges messages that are flagged {@code \Deleted}.
     *
     * @param uids only these; null: all
     */
    public ExpungeResult expunge(String account, String mailbox, @Nullable String uids) {
        ExpungeResult result = journal.expunge(id(account, mailbox), uids == null ? null : uids(uids), true);
        quotas.released(account);
        return result;
    }

    public CopyResult copy(String account, String mailbox, String target, String uids, boolean move) {
        UidSet set = uids(uids);
        String source = id(account, mailbox);
        return journal.copy(source, id(account, target), set, move, (messages, octets) -> {
            if (messages > MOST_COPIED) {
                throw new ProblemException(
                        ErrorCode.INVALID, "At most " + MOST_COPIED + " messages are copied at once");
            }
            return quotas.take(account, octets);
        });
    }

    /**
     * Reads a set of UIDs.
     *
     * @throws ProblemException {@code invalid}
     */
    private static UidSet uids(String text) {
        try {
            return UidSet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.INVALID, "That is not a set of UIDs");
        }
    }
}
