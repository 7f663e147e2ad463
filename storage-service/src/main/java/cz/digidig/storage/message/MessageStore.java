package cz.digidig.storage.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.RenderedMessage;
import cz.digidig.storage.blob.Blob;
import cz.digidig.storage.blob.BlobStore;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.group.GroupCommit;
import cz.digidig.storage.index.IndexedMessage;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.listing.MessageSource.StoredMessage;
import cz.digidig.storage.mime.MessageFacts;
import cz.digidig.storage.mime.MessageParser;
import cz.digidig.storage.search.MailboxSource.MessageText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Stores messages, many at once where many come at once, and reads what is kept of them. */
@Component
public final class MessageStore {
    private static final int MOST_IN_ROUND = 100;
    private static final int LOCATIONS = 50_000;

    /** What one caller stores: a blob, and a message of it for each account. */
    private static final class Arrival extends GroupCommit.Item {
        private final Blob blob;
        private final List<Document> messages;

        Arrival(Blob blob, List<Document> messages) {
            this.blob = blob;
            this.messages = messages;
        }
    }

    /**
     * Where a message's octets are.
     *
     * @param blob their blob
     * @param size how many
     */
    public record Location(String blob, long size) {}

    private final Database database;
    private final BlobStore blobs;
    private final MessageDocuments documents;
    private final MessageParser parser = new MessageParser();
    private final Clock clock;
    private final GroupCommit<Arrival> arrivals = new GroupCommit<>(MOST_IN_ROUND, this::store);
    private final Cache<String, Location> locations =
            Caffeine.newBuilder().maximumSize(LOCATIONS).build();

    MessageStore(Database database, BlobStore blobs, MessageDocuments documents, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * Reads a message, and stores it for each account. No mailbox has it yet; should none come to have it, it is swept.
     *
     * @return the message's id for each account, in their order
     */
    public List<MessageId> store(List<String> accounts, byte[] octets) {
        Blob blob = Blob.of(octets);
        Document message = documents.write(parser.parse(octets), blob.id(), octets.length, Date.from(clock.instant()));
        List<MessageId> ids = new ArrayList<>(accounts.size());
        List<Document> owned = new ArrayList<>(accounts.size());
        for (String account : accounts) {
            MessageId id = MessageId.create(clock.millis());
            ids.add(id);
            owned.add(MessageDocuments.owned(message, id, account));
            locations.put(id.toString(), new Location(blob.id(), octets.length));
        }
        if (blob.parts().size() > 1) {
            blobs.put(blob);
        } else {
            blobs.remember(blob.id(), octets);
        }
        arrivals.submit(new Arrival(blob, owned));
        return ids;
    }

    private void store(List<Arrival> batch) {
        Map<String, Blob> small = new LinkedHashMap<>();
        List<Document> messages = new ArrayList<>();
        for (Arrival arrival : batch) {
            if (arrival.blob.parts().size() == 1) {
                small.put(arrival.blob.id(), arrival.blob);
            }
            messages.addAll(arrival.messages);
        }
        if (!small.isEmpty()) {
            blobs.putSmall(small.values());
        }
        database.messages().insertMany(messages, new InsertManyOptions().ordered(false));
        batch.forEach(GroupCommit.Item::complete);
    }

    /** Where a message's octets are; empty: there is no such message. */
    public Optional<Location> locate(String id) {
        return Optional.ofNullable(locate(List.of(id)).get(id));
    }

    public Map<String, Location> locate(Collection<String> ids) {
        Map<String, Location> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            Location known = locations.getIfPresent(id);
            if (known == null) {
                unknown.add(id);
            } else {
                found.put(id, known);
            }
        }
        if (!unknown.isEmpty()) {
            for (Document document : find(unknown, "blob", "size")) {
                Location location = new Location(document.getString("blob"), document.getLong("size"));
                locations.put(document.getString("_id"), location);
                found.put(document.getString("_id"), location);
            }
        }
        return found;
    }

    private FindIterable<Document> find(Collection<String> ids, String... fields) {
        return database.messages().find(Filters.in("_id", ids)).projection(Projections.include(fields));
    }

    public List<RenderedMessage> rendered(Collection<String> ids) {
        List<RenderedMessage> found = new ArrayList<>();
        find(ids, "envelope", "structure", "body", "thread", "layout")
                .forEach(document -> found.add(MessageDocuments.rendered(document)));
        return found;
    }

    /** What lists show of messages; unknown ids are left out. */
    public List<StoredMessage> messages(Collection<String> ids) {
        List<StoredMessage> found = new ArrayList<>();
        find(ids, "thread", "facts")
                .forEach(document -> found.add(new StoredMessage(
                        document.getString("_id"), document.getString("thread"), documents.facts(document))));
        return found;
    }

    /** The conversations that messages belong to; unknown ids are left out. */
    public Map<String, String> threads(Collection<String> ids) {
        Map<String, String> found = HashMap.newHashMap(ids.size());
        find(ids, "thread").forEach(document -> found.put(document.getString("_id"), document.getString("thread")));
        return found;
    }

    /** What searches look at; unknown ids are left out. */
    public List<MessageText> texts(Collection<String> ids) {
        List<MessageText> found = new ArrayList<>();
        find(ids, "facts", "search").forEach(document -> {
            MessageFacts facts = documents.facts(document);
            found.add(new MessageText(
                    document.getString("_id"),
                    facts.sentOn(),
                    MessageDocuments.searchText(document),
                    facts.attachments()));
        });
        return found;
    }

    /** What the search index takes of messages; unknown ids are left out. */
    public List<IndexedMessage> indexed(Collection<String> ids) {
        List<IndexedMessage> found = new ArrayList<>();
        find(ids, "facts", "search")
                .forEach(document -> found.add(new IndexedMessage(
                        MessageId.parse(document.getString("_id")),
                        documents.facts(document),
                        MessageDocuments.searchText(document))));
        return found;
    }

    /** As {@link cz.digidig.storage.listing.MessageSource#writeOctets}. */
    public void writeOctets(String id, long offset, long length, OutputStream sink) throws IOException {
        Location location =
                locate(id).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such message"));
        if (!blobs.write(location.blob(), offset, length, sink)) {
            throw new IOException("the octets of " + id + " are missing");
        }
    }

    /** The octets of those of the messages that are small, by the message's id, in one round trip. */
    public Map<String, byte[]> small(Map<String, Location> messages) {
        Map<String, byte[]> found = new HashMap<>();
        Map<String, byte[]> octets = blobs.small(
                messages.values().stream().map(Location::blob).distinct().toList());
        messages.forEach((id, location) -> {
            byte[] known = octets.get(location.blob());
            if (known != null) {
                found.put(id, known);
            }
        });
        return found;
    }
}
