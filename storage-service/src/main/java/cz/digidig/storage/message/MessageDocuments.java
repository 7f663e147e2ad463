package cz.digidig.storage.message;

import com.github.luben.zstd.Zstd;
import cz.digidig.common.api.storage.RenderedMessage;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.mime.MessageFacts;
import cz.digidig.storage.mime.ParsedMessage;
import cz.digidig.storage.mime.SearchText;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns messages into documents and back. */
@Component
final class MessageDocuments {
    private static final int LEVEL = 1;
    private static final char BORDER = '\0';

    private final JsonMapper json;

    MessageDocuments(JsonMapper json) {
        this.json = json;
    }

    /** Everything but the id and the account, which differ between those who got the same message. */
    Document write(ParsedMessage parsed, String blob, long size, Date received) {
        byte[] text = (parsed.search().headers() + BORDER + parsed.search().body()).getBytes(StandardCharsets.UTF_8);
        return new Document("blob", blob)
                .append("size", size)
                .append("received", received)
                .append("thread", parsed.threadId())
                .append("envelope", parsed.envelope())
                .append("structure", parsed.bodyStructure())
                .append("body", parsed.body())
                .append("layout", new Binary(LayoutCodec.write(parsed.layout())))
                .append("facts", json.writeValueAsString(parsed.facts()))
                .append("search", new Binary(Zstd.compress(text, LEVEL)));
    }

    static Document owned(Document message, MessageId id, String account) {
        Document owned = new Document("_id", id.toString()).append("account", account);
        owned.putAll(message);
        return owned;
    }

    static RenderedMessage rendered(Document document) {
        return new RenderedMessage(
                document.getString("_id"),
                document.getString("envelope"),
                document.getString("structure"),
                document.getString("body"),
                document.getString("thread"),
                LayoutCodec.read(document.get("layout", Binary.class).getData()));
    }

    MessageFacts facts(Document document) {
        return json.readValue(document.getString("facts"), MessageFacts.class);
    }

    static SearchText searchText(Document document) {
        byte[] compressed = document.get("search", Binary.class).getData();
        String text = new String(
                Zstd.decompress(compressed, (int) Zstd.getFrameContentSize(compressed)), StandardCharsets.UTF_8);
        int border = text.indexOf(BORDER);
        return new SearchText(text.substring(0, border), text.substring(border + 1));
    }
}
