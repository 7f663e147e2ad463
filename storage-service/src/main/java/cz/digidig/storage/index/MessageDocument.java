package cz.digidig.storage.index;

import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.mime.MessageFacts;
import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** Makes the index's documents: one for each message, one for each mailbox' position. */
final class MessageDocument {
    static final String ID = "id";
    static final String ACCOUNT = "a";
    static final String HEADER_NAME = "n";
    static final String SENT = "sent";
    static final String HIGH = "high";
    static final String LOW = "low";
    static final String PEOPLE = "people";
    static final String MAILBOX = "m";
    static final String MAILBOX_ID = "mailbox";
    static final String OWNER = "o";
    static final String MOD_SEQ = "modSeq";
    static final String UID_NEXT = "uidNext";
    /** Longer names of header fields are not there by name. */
    static final int MOST_NAME = 200;

    private static final int MOST_PEOPLE = 20;
    private static final FieldType TRIGRAMS = type(IndexOptions.DOCS);
    private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    private MessageDocument() {}

    private static FieldType type(IndexOptions options) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    static Term id(MessageId id) {
        return new Term(
                ID,
                new BytesRef(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.high())
                        .putLong(id.low())
                        .array()));
    }

    static Document of(Position position) {
        Document document = new Document();
        document.add(new StringField(MAILBOX, position.mailbox(), Field.Store.NO));
        document.add(new BinaryDocValuesField(MAILBOX_ID, new BytesRef(position.mailbox())));
        document.add(new StringField(OWNER, position.account(), Field.Store.NO));
        document.add(new NumericDocValuesField(MOD_SEQ, position.modSeq()));
        document.add(new NumericDocValuesField(UID_NEXT, position.uidNext()));
        return document;
    }

    static Document of(String account, IndexedMessage message) {
        Document document = new Document();
        document.add(new StringField(ID, id(message.id()).bytes(), Field.Store.NO));
        document.add(new StringField(ACCOUNT, account, Field.Store.NO));
        document.add(new NumericDocValuesField(HIGH, message.id().high()));
        document.add(new NumericDocValuesField(LOW, message.id().low()));
        if (message.facts().sentOn() != null) {
            document.add(new LongPoint(SENT, message.facts().sentOn().toEpochDay()));
        }
        addText(document, message);
        addPeople(document, message.facts());
        return document;
    }

    private static void addText(Document document, IndexedMessage message) {
        String headers = message.text().headers();
        Map<Region, List<String>> values = new EnumMap<>(Region.class);
        Set<String> names = new HashSet<>();
        for (int line = 0; line + 1 < headers.length(); ) {
            int end = headers.indexOf('\n', line + 1);
            int colon = headers.indexOf(':', line + 1);
            String name = headers.substring(line + 1, colon);
            if (name.length() <= MOST_NAME && names.add(name)) {
                document.add(new StringField(HEADER_NAME, name, Field.Store.NO));
            }
            for (Region region : Region.FIELDS) {
                if (region.field().equals(name)) {
                    values.computeIfAbsent(region, _ -> new ArrayList<>()).add(headers.substring(colon + 1, end));
                }
            }
            line = end;
        }
        values.forEach((region, texts) -> {
            add(document, region.trigrams(), new Trigrams(texts), TRIGRAMS);
            add(document, region.words(), new WordStream(texts), WORDS);
        });
        add(document, Region.HEADERS.trigrams(), new Trigrams(List.of(headers)), TRIGRAMS);
        List<String> body = List.of(message.text().body());
        add(document, Region.BODY.trigrams(), new Trigrams(body), TRIGRAMS);
        add(document, Region.BODY.words(), new WordStream(body), WORDS);
        List<String> attached =
                message.facts().attachments().stream().map(CaseFold::fold).toList();
        if (!attached.isEmpty()) {
            add(document, Region.NAMES.words(), new WordStream(attached), WORDS);
        }
    }

    private static void add(Document document, String name, TokenStream tokens, FieldType type) {
        document.add(new Field(name, tokens, type));
    }

    private static void addPeople(Document document, MessageFacts facts) {
        List<Correspondent> people = new ArrayList<>(facts.from());
        people.addAll(facts.to());
        people.addAll(facts.cc());
        if (!people.isEmpty()) {
            List<Correspondent> first = people.subList(0, Math.min(people.size(), MOST_PEOPLE));
            document.add(new BinaryDocValuesField(PEOPLE, People.write(first)));
        }
    }
}
