package cz.digidig.imap.adapter;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.api.storage.RenderedMessage;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.Part;
import cz.digidig.imap.mailbox.Rendered;
import cz.digidig.imap.mailbox.Rows;
import cz.digidig.imap.protocol.SearchKey;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.client.ClientHttpResponse;

/** Storage's values as this service's, and the other way round. */
final class StorageValues {
    private static final int PARTIAL_CONTENT = 206;
    private static final int BUFFER = 64 * 1024;

    private StorageValues() {}

    static Mailbox mailbox(MailboxSummary summary) {
        return new Mailbox(
                summary.id(),
                summary.path(),
                summary.specialUse(),
                summary.subscribed(),
                summary.uidValidity(),
                summary.uidNext(),
                summary.highestModSeq(),
                summary.messages(),
                summary.unseen(),
                summary.deleted(),
                summary.size());
    }

    static Rows rows(MessageColumns columns) {
        Map<Long, List<String>> keywords = new HashMap<>();
        columns.keywords().forEach(some -> keywords.put(some.uid(), some.names()));
        return new Rows(
                columns.uid(),
                columns.id(),
                columns.modSeq(),
                columns.flags(),
                columns.size(),
                columns.internalDate(),
                keywords);
    }

    static Rendered rendered(RenderedMessage message) {
        return new Rendered(
                octets(message.envelope()),
                octets(message.bodyStructure()),
                octets(message.body()),
                message.threadId(),
                part(message.layout()));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Part part(RenderedMessage.PartLayout layout) {
        RenderedMessage.PartLayout inside = layout.message();
        return new Part(
                layout.header(),
                layout.body(),
                layout.end(),
                layout.encoding().intern(),
                layout.parts().stream().map(StorageValues::part).toList(),
                inside == null ? null : part(inside));
    }

    /** Message numbers in the key are UIDs already. */
    static cz.digidig.common.api.storage.SearchKey key(SearchKey key) {
        return switch (key) {
            case SearchKey.All _ -> new cz.digidig.common.api.storage.SearchKey.All();
            case SearchKey.And and ->
                new cz.digidig.common.api.storage.SearchKey.And(
                        and.keys().stream().map(StorageValues::key).toList());
            case SearchKey.Or or ->
                new cz.digidig.common.api.storage.SearchKey.Or(List.of(key(or.one()), key(or.other())));
            case SearchKey.Not not -> new cz.digidig.common.api.storage.SearchKey.Not(key(not.key()));
            case SearchKey.Messages messages ->
                new cz.digidig.common.api.storage.SearchKey.Uids(messages.set().toString());
            case SearchKey.Flag flag -> new cz.digidig.common.api.storage.SearchKey.Flag(flag.name());
            case SearchKey.Header header ->
                new cz.digidig.common.api.storage.SearchKey.Header(header.name(), header.value());
            case SearchKey.Body body -> new cz.digidig.common.api.storage.SearchKey.Body(body.value());
            case SearchKey.Text text -> new cz.digidig.common.api.storage.SearchKey.Text(text.value());
            case SearchKey.Received received ->
                new cz.digidig.common.api.storage.SearchKey.Received(test(received.test()), received.date());
            case SearchKey.Sent sent ->
                new cz.digidig.common.api.storage.SearchKey.Sent(test(sent.test()), sent.date());
            case SearchKey.Larger larger -> new cz.digidig.common.api.storage.SearchKey.Larger(larger.size());
            case SearchKey.Smaller smaller -> new cz.digidig.common.api.storage.SearchKey.Smaller(smaller.size());
            case SearchKey.ModSeq modSeq -> new cz.digidig.common.api.storage.SearchKey.ModSeq(modSeq.atLeast());
            case SearchKey.EmailId _, SearchKey.ThreadId _, SearchKey.Older _, SearchKey.Younger _ ->
                throw new IllegalArgumentException("storage does not know this key");
        };
    }

    private static cz.digidig.common.api.storage.SearchKey.DateTest test(SearchKey.DateTest test) {
        return switch (test) {
            case BEFORE -> cz.digidig.common.api.storage.SearchKey.DateTest.BEFORE;
            case ON -> cz.digidig.common.api.storage.SearchKey.DateTest.ON;
            case SINCE -> cz.digidig.common.api.storage.SearchKey.DateTest.SINCE;
        };
    }

    static void requireSuccess(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        if (status == 502 || status == 503 || status == 504) {
            throw new ServiceUnavailable("storage answered " + status, null);
        }
        if (status >= 300) {
            throw new ServiceProblem(status, null, "storage answered " + status, null);
        }
    }

    /** Reads the answer that has many messages' octets: for each id 8 octets of length, -1: unknown, and the octets. */
    static Map<String, byte[]> octets(List<String> ids, InputStream body) throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        DataInputStream data = new DataInputStream(new java.io.BufferedInputStream(body, BUFFER));
        for (String id : ids) {
            long length = data.readLong();
            if (length > Integer.MAX_VALUE - 8) {
                throw new IOException("a message is too large to be held");
            }
            if (length >= 0) {
                byte[] octets = new byte[(int) length];
                data.readFully(octets);
                all.put(id, octets);
            }
        }
        return all;
    }

    /** Copies the part of a message that was asked for, from an answer with it alone, or with the whole. */
    static long copy(ClientHttpResponse response, long from, long length, OutputStream sink) throws IOException {
        InputStream body = response.getBody();
        if (response.getStatusCode().value() != PARTIAL_CONTENT) {
            body.skipNBytes(from);
        }
        byte[] buffer = new byte[(int) Math.min(length, BUFFER)];
        long left = length;
        while (left > 0) {
            int count = body.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("storage's answer broke off");
            }
            sink.write(buffer, 0, count);
            left -= count;
        }
        return length;
    }
}
