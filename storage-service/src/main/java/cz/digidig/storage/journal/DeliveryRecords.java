package cz.digidig.storage.journal;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import cz.digidig.storage.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** What became of deliveries whose intent has left its journal, for as long as somebody may repeat them. */
final class DeliveryRecords {
    private static final Duration KEPT = Duration.ofDays(10);
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final Database database;
    private final Clock clock;

    DeliveryRecords(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Map<String, Placed> find(Collection<String> keys) {
        Map<String, Placed> found = new HashMap<>();
        for (Document document : database.deliveries().find(Filters.in("_id", keys))) {
            found.put(
                    document.getString("_id"),
                    new Placed(
                            document.getString("mailbox"),
                            document.getLong("uidValidity"),
                            document.getLong("uid"),
                            document.getLong("modSeq"),
                            document.getString("message")));
        }
        return found;
    }

    /** Remembers the deliveries among a mailbox's intents; doing so again changes nothing. */
    void write(Collection<Snapshot> snapshots) {
        Date expires = Date.from(clock.instant().plus(KEPT));
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            MailboxState state = snapshot.state();
            for (Intent intent : state.journal()) {
                if (intent instanceof Intent.Added added && added.deliveryKey() != null) {
                    MessageRow row = added.rows().getFirst();
                    writes.add(new UpdateOneModel<>(
                            Filters.eq("_id", added.deliveryKey()),
                            new Document(
                                    "$setOnInsert",
                                    new Document("mailbox", state.id())
                                            .append("uidValidity", state.uidValidity())
                                            .append("uid", row.uid())
                                            .append("modSeq", row.modSeq())
                                            .append("message", row.id().toString())
                                            .append("expires", expires)),
                            UPSERT));
                }
            }
        }
        if (!writes.isEmpty()) {
            database.deliveries().bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }
}
