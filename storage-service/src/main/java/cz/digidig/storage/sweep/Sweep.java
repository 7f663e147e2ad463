package cz.digidig.storage.sweep;

import com.mongodb.client.model.Filters;
import cz.digidig.storage.blob.BlobStore;
import cz.digidig.storage.database.CollectionWalk;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.journal.MailboxContents;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mailbox.Mailboxes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One pass over everything that is stored. */
@Component
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int BATCH = 200;
    /** Blobs are long where the embedded server reads them whole. */
    private static final int BLOBS = 8;

    private static final int MOST_READS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Mailboxes mailboxes;
    private final MailboxJournal journal;
    private final MailboxContents contents;
    private final BlobStore blobs;
    private final Clock clock;

    Sweep(Database database, Mailboxes mailboxes, MailboxJournal journal, BlobStore blobs, Clock clock) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.journal = journal;
        this.contents = new MailboxContents(database);
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * What a sweep deleted.
     *
     * @param mailboxes that no tree named
     * @param messages that no mailbox had
     * @param blobs that no message named, and pieces of broken uploads
     * @param deliveries records past their time
     */
    record Outcome(long mailboxes, long messages, long blobs, long deliveries) {
        static final Outcome NOTHING = new Outcome(0, 0, 0, 0);
    }

    /**
     * Looks at everything once.
     *
     * @param grace how long a message must have been found in no mailbox
     */
    Outcome run(Duration grace) {
        return new Pass(clock.instant(), grace).run();
    }

    private final class Pass {
        private final Instant now;
        private final Instant limit;
        private final Set<String> restless = new HashSet<>();
        private final Marks inMailboxes;
        private final Marks inMessages;
        private long deletedMailboxes;
        private long deletedMessages;
        private long deletedBlobs;

        Pass(Instant now, Duration grace) {
            this.now = now;
            this.limit = now.minus(grace);
            long expected = database.messages().estimatedDocumentCount();
            this.inMailboxes = new Marks(expected, RANDOM.nextLong());
            this.inMessages = new Marks(expected, RANDOM.nextLong());
        }

        Outcome run() {
            new CollectionWalk(database.mailboxes(), BATCH, "account").forEach(this::deleteMailboxes);
            new CollectionWalk(database.pages(), BATCH, "mailbox").forEach(this::deletePages);
            new CollectionWalk(database.accounts(), BATCH)
                    .forEach(accounts -> accounts.forEach(account -> mark(account.getString("_id"))));
            new CollectionWalk(database.messages(), BATCH, "account", "blob", "orphaned").forEach(this::messages);
            BlobPass blobPass = new BlobPass();
            new CollectionWalk(database.blobs(), BLOBS, "touched", "parts", "upload")
                    .forEach(some -> some.forEach(blobPass::look));
            long deliveries = database.deliveries()
                    .deleteMany(Filters.lt("expires", Date.from(now)))
                    .getDeletedCount();
            return new Outcome(deletedMailboxes, deletedMessages, deletedBlobs, deliveries);
        }

        private boolean old(String id) {
            return MessageId.isValid(id) && MessageId.parse(id).millis() < limit.toEpochMilli();
        }

        /** A tree names a mailbox soon after it was made, or never. */
        private void deleteMailboxes(List<Document> documents) {
            Map<String, Set<String>> named = new HashMap<>();
            for (Document document : documents) {
                String id = document.getString("_id");
                if (old(id)
                        && !named.computeIfAbsent(document.getString("account"), mailboxes::ids)
                                .contains(id)) {
                    journal.delete(id);
                    deletedMailboxes++;
                }
            }
        }

        /** A page is made after its mailbox, whose id is never used again. */
        private void deletePages(List<Document> documents) {
            Set<String> of = new HashSet<>();
            documents.forEach(document -> of.add(document.getString("mailbox")));
            Set<String> there = contents.versions(of).keySet();
            List<String> left = documents.stream()
                    .filter(document -> !there.contains(document.getString("mailbox")))
                    .map(document -> document.getString("_id"))
                    .toList();
            if (!left.isEmpty()) {
                database.pages().deleteMany(Filters.in("_id", left));
            }
        }

        /**
         * Messages move between the mailboxes of an account while they are read one after the other, so only an account
         * whose mailboxes are afterwards what they were before has been seen whole.
         */
        private void mark(String account) {
            for (int attempt = 0; attempt < MOST_READS; attempt++) {
                Map<String, Long> before = contents.versions(mailboxes.ids(account));
                before.keySet().forEach(mailbox -> contents.visit(mailbox, id -> inMailboxes.add(id.high(), id.low())));
                if (contents.versions(mailboxes.ids(account)).equals(before)) {
                    return;
                }
            }
            log.debug("Account {} did not stand still; its messages are left for the next sweep", account);
            restless.add(account);
        }

        private void messages(List<Document> documents) {
            List<String> found = new ArrayList<>();
            List<String> missed = new ArrayList<>();
            List<String> missedLong = new ArrayList<>();
            for (Document document : documents) {
                String text = document.getString("_id");
                MessageId id = MessageId.parse(text);
                Date orphaned = document.getDate("orphaned");
                if (!old(text)
                        || restless.contains(document.getString("account"))
                        || inMailboxes.contains(id.high(), id.low())) {
                    if (orphaned != null) {
                        found.add(text);
                    }
                } else if (orphaned == null) {
                    missed.add(text);
                } else if (orphaned.toInstant().isBefore(limit)) {
                    missedLong.add(text);
                }
            }
            update(found, new Document("$unset", new Document("orphaned", "")));
            update(missed, new Document("$set", new Document("orphaned", Date.from(now))));
            if (!missedLong.isEmpty()) {
                deletedMessages += database.messages()
                        .deleteMany(new Document("_id", new Document("$in", missedLong))
                                .append("orphaned", new Document("$lt", Date.from(limit))))
                        .getDeletedCount();
            }
            Set<String> deleted = Set.copyOf(missedLong);
            for (Document document : documents) {
                if (!deleted.contains(document.getString("_id"))) {
                    Sha256 blob = Sha256.parse(document.getString("blob"));
                    inMessages.add(blob.high(), blob.low());
                }
            }
        }

        private void update(Collection<String> ids, Document change) {
            if (!ids.isEmpty()) {
                database.messages().updateMany(Filters.in("_id", ids), change);
            }
        }

        /** A blob's further parts follow it in the order of ids. */
        private final class BlobPass {
            private String head = "";

            void look(Document document) {
                String id = document.getString("_id");
                Date touched = document.getDate("touched");
                int slash = id.indexOf('/');
                if (slash < 0) {
                    Sha256 hash = Sha256.parse(id);
                    boolean kept = !touched.toInstant().isBefore(limit)
                            || inMessages.contains(hash.high(), hash.low())
                            || !blobs.sweep(id, touched);
                    if (kept) {
                        head = id + "/" + document.getString("upload") + "/";
                    } else {
                        deletedBlobs++;
                    }
                } else if (!id.startsWith(head) && touched.toInstant().isBefore(limit)) {
                    if (blobs.sweep(id, touched)) {
                        deletedBlobs++;
                    }
                }
            }
        }
    }

    /** The first half of a blob's id as a number. */
    private record Sha256(long high, long low) {
        static Sha256 parse(String id) {
            return new Sha256(HexFormat.fromHexDigitsToLong(id, 0, 16), HexFormat.fromHexDigitsToLong(id, 16, 32));
        }
    }
}
