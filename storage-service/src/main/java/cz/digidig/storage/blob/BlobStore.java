package cz.digidig.storage.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.luben.zstd.Zstd;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import cz.digidig.storage.database.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores and reads blobs. */
@Component
public final class BlobStore {
    private static final int CACHED_AT_MOST = 128 << 10;
    private static final long CACHE_OCTETS = 24L << 20;
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final Database database;
    private final Clock clock;
    private final Cache<String, byte[]> small = Caffeine.newBuilder()
            .maximumWeight(CACHE_OCTETS)
            .weigher((String id, byte[] octets) -> 100 + octets.length)
            .build();

    public BlobStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Stores blobs that are one part each, in one command; those that are there already get a new date. */
    public void putSmall(Collection<Blob> blobs) {
        Date now = Date.from(clock.instant());
        List<WriteModel<Document>> writes = new ArrayList<>(blobs.size());
        for (Blob blob : blobs) {
            writes.add(new UpdateOneModel<>(Filters.eq("_id", blob.id()), head(blob, "", now), UPSERT));
        }
        database.blobs().bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }

    /** Stores a blob of any size. */
    public void put(Blob blob) {
        Date now = Date.from(clock.instant());
        if (blob.parts().size() == 1) {
            putSmall(List.of(blob));
            return;
        }
        boolean there = database.blobs()
                        .updateOne(Filters.eq("_id", blob.id()), new Document("$set", new Document("touched", now)))
                        .getMatchedCount()
                == 1;
        if (there) {
            return;
        }
        String upload = UUID.randomUUID().toString();
        for (int i = 1; i < blob.parts().size(); i++) {
            database.blobs()
                    .insertOne(new Document("_id", partId(blob.id(), upload, i))
                            .append("data", new Binary(blob.parts().get(i)))
                            .append("touched", now));
        }
        boolean ours = database.blobs()
                        .updateOne(Filters.eq("_id", blob.id()), head(blob, upload, now), UPSERT)
                        .getUpsertedId()
                != null;
        if (!ours) {
            deleteParts(blob.id(), upload, blob.parts().size());
        }
    }

    private static Document head(Blob blob, String upload, Date now) {
        return new Document(
                        "$setOnInsert",
                        new Document("size", blob.size())
                                .append("parts", blob.parts().size())
                                .append("upload", upload)
                                .append("data", new Binary(blob.parts().getFirst())))
                .append("$set", new Document("touched", now));
    }

    private static String partId(String id, String upload, int part) {
        return id + "/" + upload + "/" + part;
    }

    private void deleteParts(String id, String upload, int parts) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i < parts; i++) {
            ids.add(partId(id, upload, i));
        }
        if (!ids.isEmpty()) {
            database.blobs().deleteMany(Filters.in("_id", ids));
        }
    }

    /** What was just stored is likely to be read soon. */
    public void remember(String id, byte[] octets) {
        if (octets.length <= CACHED_AT_MOST) {
            small.put(id, octets);
        }
    }

    /** Small blobs whole, by id, in one round trip; others, and unknown ones, are left out. */
    public Map<String, byte[]> small(Collection<String> ids) {
        Map<String, byte[]> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            byte[] cached = small.getIfPresent(id);
            if (cached == null) {
                unknown.add(id);
            } else {
                found.put(id, cached);
            }
        }
        if (!unknown.isEmpty()) {
            for (Document document : database.blobs().find(Filters.in("_id", unknown))) {
                if (document.getInteger("parts") == 1) {
                    byte[] octets = inflate(document);
                    remember(document.getString("_id"), octets);
                    found.put(document.getString("_id"), octets);
                }
            }
        }
        return found;
    }

    /**
     * Writes a range of a blob, holding one part of it at a time.
     *
     * @param offset of the first octet
     * @param length what is behind the blob's end is left out
     * @return false: there is no such blob, and nothing was written
     */
    public boolean write(String id, long offset, long length, OutputStream sink) throws IOException {
        byte[] cached = small.getIfPresent(id);
        if (cached != null) {
            copy(cached, 0, offset, length, sink);
            return true;
        }
        Document head = database.blobs()
                .find(Filters.eq("_id", id))
                .projection(offset >= Blob.PART ? Projections.exclude("data") : null)
                .first();
        if (head == null) {
            return false;
        }
        int parts = head.getInteger("parts");
        for (int part = (int) (offset / Blob.PART); part < parts; part++) {
            long start = (long) part * Blob.PART;
            if (start >= offset + length) {
                break;
            }
            Document document = part == 0 ? head : part(id, head.getString("upload"), part);
            if (document == null) {
                throw new IOException("a part is missing");
            }
            byte[] octets = inflate(document);
            if (parts == 1) {
                remember(id, octets);
            }
            copy(octets, start, offset, length, sink);
        }
        return true;
    }

    private @Nullable Document part(String id, String upload, int part) {
        return database.blobs()
                .find(Filters.eq("_id", partId(id, upload, part)))
                .first();
    }

    private static byte[] inflate(Document document) {
        byte[] data = document.get("data", Binary.class).getData();
        return Zstd.decompress(data, (int) Zstd.getFrameContentSize(data));
    }

    private static void copy(byte[] octets, long start, long offset, long length, OutputStream sink)
            throws IOException {
        int from = (int) Math.max(0, offset - start);
        int to = (int) Math.min(octets.length, offset + length - start);
        if (from < to) {
            sink.write(octets, from, to - from);
        }
    }

    /** Deletes a blob that nobody has stored again since its date was looked at. */
    public boolean sweep(String id, Date seen) {
        Document head = database.blobs().findOneAndDelete(Database.ifStill(id, "touched", seen));
        if (head == null) {
            return false;
        }
        small.invalidate(id);
        Integer parts = head.getInteger("parts");
        if (parts != null) {
            deleteParts(id, head.getString("upload"), parts);
        }
        return true;
    }
}
