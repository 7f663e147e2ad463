package cz.digidig.storage.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MailboxEvent;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.event.EventHub;
import cz.digidig.storage.journal.MailboxState;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mailbox.MailboxTree.Box;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Loads and changes accounts' trees. */
@Component
class MailboxTrees {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.@-]{1,100}");
    private static final int CACHED = 20_000;
    private static final int MOST_ATTEMPTS = 50;
    private static final int MOST_MAILBOXES = 5000;
    /** A field of the document of an account that is gone: since when. */
    private static final String REMOVED = "removed";

    private static final List<String> USES = List.of("Drafts", "Sent", "Junk", "Trash", "Archive");

    /** Mailboxes that a change makes; their documents are written before the tree names them. */
    final class NewBoxes {
        private final String account;
        private final List<Document> documents = new ArrayList<>();
        private long lastUidValidity;

        private NewBoxes(MailboxTree tree) {
            this.account = tree.account();
            this.lastUidValidity = tree.lastUidValidity();
        }

        /** A UIDVALIDITY is never given twice, so that a name that is used again is known to be another mailbox. */
        Box add(String path, @Nullable String specialUse) {
            lastUidValidity = Math.max(lastUidValidity + 1, clock.instant().getEpochSecond());
            String id = MessageId.create(clock.millis()).toString();
            documents.add(MailboxState.create(id, account, lastUidValidity, Date.from(clock.instant())));
            return new Box(id, path, specialUse, true);
        }
    }

    /** Computes the boxes after a change; null: nothing to be changed. */
    @FunctionalInterface
    interface Step {
        @Nullable
        List<Box> apply(MailboxTree tree, NewBoxes created);
    }

    private final Database database;
    private final AccountLimits limits;
    private final EventHub events;
    private final Clock clock;
    private final Cache<String, MailboxTree> cache =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    MailboxTrees(Database database, AccountLimits limits, EventHub events, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.events = events;
        this.clock = clock;
    }

    /**
     * An account's tree as it is now; the default mailboxes are made at its first use.
     *
     * @throws ProblemException {@code not-found} where there is no such account
     */
    MailboxTree of(String account) {
        MailboxTree cached = database.exclusive() ? cache.getIfPresent(account) : null;
        return cached != null ? cached : load(account);
    }

    /** The ids of an account's mailboxes, from the database; none where it has no tree. */
    Set<String> ids(String account) {
        Document document = database.accounts().find(Filters.eq("_id", account)).first();
        return document == null
                ? Set.of()
                : MailboxTree.read(document).boxes().stream().map(Box::id).collect(Collectors.toSet());
    }

    private MailboxTree load(String account) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw noAccount();
        }
        Document document = database.accounts().find(Filters.eq("_id", account)).first();
        MailboxTree tree = document != null ? present(document) : create(account);
        return remember(tree);
    }

    /** The tree of an account that is not gone. */
    private static MailboxTree present(Document document) {
        if (document.containsKey(REMOVED)) {
            throw noAccount();
        }
        return MailboxTree.read(document);
    }

    private MailboxTree remember(MailboxTree tree) {
        MailboxTree kept = cache.asMap()
                .merge(tree.account(), tree, (known, given) -> known.version() > given.version() ? known : given);
        return kept == null ? tree : kept;
    }

    private static ProblemException noAccount() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such account");
    }

    private MailboxTree create(String account) {
        if (!limits.of(account).exists()) {
            throw noAccount();
        }
        MailboxTree empty = MailboxTree.empty(account);
        NewBoxes created = new NewBoxes(empty);
        List<Box> boxes = new ArrayList<>();
        boxes.add(created.add(MailboxPath.INBOX, null));
        USES.forEach(use -> boxes.add(created.add(use, use)));
        database.mailboxes().insertMany(created.documents);
        MailboxTree tree = empty.with(boxes, created.lastUidValidity);
        try {
            database.accounts().insertOne(tree.write());
            return tree;
        } catch (MongoWriteException e) {
            if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            withdraw(created);
            Document other =
                    database.accounts().find(Filters.eq("_id", account)).first();
            if (other == null) {
                throw noAccount();
            }
            return present(other);
        }
    }

    private void withdraw(NewBoxes created) {
        if (!created.documents.isEmpty()) {
            database.mailboxes()
                    .deleteMany(Filters.in(
                            "_id",
                            created.documents.stream()
                                    .map(document -> document.getString("_id"))
                                    .toList()));
        }
    }

    /** Changes a tree by compare and set, computing the change again where somebody else was faster. */
    MailboxTree change(String account, Step step) {
        MailboxTree tree = of(account);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            NewBoxes created = new NewBoxes(tree);
            List<Box> boxes = step.apply(tree, created);
            if (boxes == null) {
                return tree;
            }
            if (boxes.size() > MOST_MAILBOXES) {
                throw new ProblemException(
                        ErrorCode.INVALID, "An account has at most " + MOST_MAILBOXES + " mailboxes");
            }
            MailboxTree changed = tree.with(boxes, created.lastUidValidity);
            if (!created.documents.isEmpty()) {
                database.mailboxes().insertMany(created.documents);
            }
            if (replaced(tree, changed.write())) {
                remember(changed);
                events.publish(new MailboxEvent(account, "", 0));
                return changed;
            }
            withdraw(created);
            tree = load(account);
        }
        throw busy();
    }

    /** Blocks these senders, in place of those before. */
    void block(String account, BlockedSenders senders) {
        MailboxTree tree = of(account);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            MailboxTree changed = tree.blocking(senders);
            if (replaced(tree, changed.write())) {
                remember(changed);
                return;
            }
            tree = load(account);
        }
        throw busy();
    }

    private boolean replaced(MailboxTree before, Document after) {
        return database.accounts()
                        .replaceOne(Database.ifStill(before.account(), "version", before.version()), after)
                        .getMatchedCount()
                == 1;
    }

    private static ProblemException busy() {
        return new ProblemException(ErrorCode.UNAVAILABLE, "The mailboxes are changed too often; try again");
    }

    /**
     * Takes an account's tree away for good, and returns what was in it. In its place stays a mark, so that mail that is
     * still under way makes no new one.
     */
    List<Box> remove(String account) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw noAccount();
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Document document =
                    database.accounts().find(Filters.eq("_id", account)).first();
            if (document != null && document.containsKey(REMOVED)) {
                return List.of();
            }
            if (replace(document, account)) {
                cache.invalidate(account);
                events.publish(new MailboxEvent(account, "", 0));
                return document == null ? List.of() : MailboxTree.read(document).boxes();
            }
        }
        throw busy();
    }

    /** Puts the mark of a removed account in place of its tree; false: that was changed meanwhile. */
    private boolean replace(@Nullable Document document, String account) {
        MailboxTree tree = document == null ? MailboxTree.empty(account) : MailboxTree.read(document);
        Document mark = tree.blocking(BlockedSenders.NONE)
                .with(List.of(), 0)
                .write()
                .append(REMOVED, Date.from(clock.instant()));
        if (document != null) {
            return replaced(tree, mark);
        }
        try {
            database.accounts().insertOne(mark);
            return true;
        } catch (MongoWriteException e) {
            if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    /**
     * A mailbox by its id, or {@code INBOX}.
     *
     * @throws ProblemException {@code not-found}
     */
    Box box(String account, String mailbox) {
        MailboxTree tree = of(account);
        Optional<Box> found =
                mailbox.equalsIgnoreCase(MailboxPath.INBOX) ? tree.byPath(MailboxPath.INBOX) : tree.byId(mailbox);
        return found.orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such mailbox"));
    }
}
