package cz.digidig.imap.protocol;

import cz.digidig.common.mailbox.MessageFlag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes octets of responses. Collects them and writes large pieces; {@link #flush} sends everything and gives the buffer
 * back, so that an idle session holds none.
 */
public final class ResponseWriter {
    private static final int FIRST = 1024;
    private static final int LARGEST = 32 * 1024;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[][] SYSTEM_FLAGS = systemFlags();
    private static final int DATE_LENGTH = 28;

    private final OutputStream out;
    private byte[] buffer = NOTHING;
    private int length;
    private boolean utf8;

    public ResponseWriter(OutputStream out) {
        this.out = out;
    }

    /** Mailbox names are UTF-8 from now on, not modified UTF-7. */
    public void utf8(boolean enabled) {
        utf8 = enabled;
    }

    public void flush() throws IOException {
        drain();
        buffer = NOTHING;
        out.flush();
    }

    private void drain() throws IOException {
        if (length > 0) {
            int count = length;
            length = 0;
            out.write(buffer, 0, count);
        }
    }

    private void room(int count) throws IOException {
        if (length + count <= buffer.length) {
            return;
        }
        if (length + count > LARGEST) {
            drain();
        }
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.clamp(Math.max(2L * buffer.length, length + count), FIRST, LARGEST));
        }
    }

    // Pieces

    public ResponseWriter octets(byte[] octets) throws IOException {
        return octets(octets, 0, octets.length);
    }

    public ResponseWriter octets(byte[] octets, int from, int count) throws IOException {
        if (count >= LARGEST / 2) {
            drain();
            out.write(octets, from, count);
            return this;
        }
        room(count);
        System.arraycopy(octets, from, buffer, length, count);
        length += count;
        return this;
    }

    public ResponseWriter octet(int octet) throws IOException {
        room(1);
        buffer[length++] = (byte) octet;
        return this;
    }

    /** Text of ISO 8859-1 characters, as it is. */
    @SuppressWarnings("deprecation") // String.getBytes(int,...) is the one copy without an encoder or an allocation.
    public ResponseWriter ascii(String text) throws IOException {
        int count = text.length();
        if (count > LARGEST) {
            return octets(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        room(count);
        text.getBytes(0, count, buffer, length);
        length += count;
        return this;
    }

    public ResponseWriter number(long value) throws IOException {
        room(20);
        long left = value;
        int digits = 1;
        for (long limit = 10; digits < 19 && left >= limit; limit *= 10) {
            digits++;
        }
        int end = length + digits;
        length = end;
        do {
            buffer[--end] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        return this;
    }

    public ResponseWriter crlf() throws IOException {
        room(2);
        buffer[length++] = '\r';
        buffer[length++] = '\n';
        return this;
    }

    /** A quoted string of ASCII or UTF-8; CR, LF and NUL, which it can't hold, become spaces. */
    public ResponseWriter quoted(String text) throws IOException {
        octet('"');
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '"' || octet == '\\') {
                octet('\\');
            }
            octet(octet == '\r' || octet == '\n' || octet == 0 ? ' ' : octet);
        }
        return octet('"');
    }

    public ResponseWriter mailbox(MailboxName name) throws IOException {
        return quoted(utf8 ? name.path() : name.utf7());
    }

    public ResponseWriter literal(byte[] octets, int from, int count) throws IOException {
        return literalSize(count).octets(octets, from, count);
    }

    /** The head of a literal whose octets the caller writes. */
    public ResponseWriter literalSize(long size) throws IOException {
        return octet('{').number(size).octet('}').crlf();
    }

    // FETCH

    /** {@code * 12 FETCH (}. */
    public ResponseWriter fetch(int sequence) throws IOException {
        return ascii("* ").number(sequence).ascii(" FETCH (");
    }

    public ResponseWriter fetchEnd() throws IOException {
        return octet(')').crlf();
    }

    /** The FLAGS item. */
    public ResponseWriter flags(int bits, @Nullable List<String> keywords) throws IOException {
        octets(SYSTEM_FLAGS[bits & (SYSTEM_FLAGS.length - 1)]);
        if (keywords != null) {
            boolean first = bits == 0;
            for (String keyword : keywords) {
                if (!first) {
                    octet(' ');
                }
                first = false;
                ascii(keyword);
            }
        }
        return octet(')');
    }

    private static byte[][] systemFlags() {
        byte[][] all = new byte[1 << MessageFlag.values().length][];
        for (int bits = 0; bits < all.length; bits++) {
            StringBuilder text = new StringBuilder("FLAGS (");
            for (MessageFlag flag : MessageFlag.values()) {
                if (flag.in(bits)) {
                    text.append(text.charAt(text.length() - 1) == '(' ? "" : " ")
                            .append(flag.imapName());
                }
            }
            all[bits] = text.toString().getBytes(StandardCharsets.US_ASCII);
        }
        return all;
    }

    /** The INTERNALDATE item, in UTC. */
    public ResponseWriter internalDate(long millis) throws IOException {
        ascii("INTERNALDATE ");
        room(DATE_LENGTH);
        Dates.write(buffer, length, millis);
        length += DATE_LENGTH;
        return this;
    }

    // Responses

    public ResponseWriter write(ImapResponse response) throws IOException {
        switch (response) {
            case ImapResponse.Tagged tagged -> {
                ascii(tagged.tag()).octet(' ');
                status(tagged.condition(), tagged.code(), tagged.text());
            }
            case ImapResponse.Untagged untagged -> {
                ascii("* ");
                status(untagged.condition(), untagged.code(), untagged.text());
            }
            case ImapResponse.Continuation continuation -> ascii("+ ").ascii(clean(continuation.text()));
            case ImapResponse.Capability capability -> ascii("* CAPABILITY ").ascii(capability.names());
            case ImapResponse.Enabled enabled -> {
                ascii("* ENABLED");
                for (String name : enabled.names()) {
                    octet(' ').ascii(name);
                }
            }
            case ImapResponse.Id id -> id(id.fields());
            case ImapResponse.Namespace() -> ascii("* NAMESPACE ((\"\" \"/\")) NIL NIL");
            case ImapResponse.Mailbox mailbox -> mailbox(mailbox);
            case ImapResponse.Status status -> {
                ascii("* STATUS ").mailbox(status.mailbox()).ascii(" (");
                String between = "";
                for (Map.Entry<StatusItem, String> value : status.values().entrySet()) {
                    ascii(between).ascii(value.getKey().name()).octet(' ').ascii(value.getValue());
                    between = " ";
                }
                octet(')');
            }
            case ImapResponse.Flags flags ->
                ascii("* FLAGS (").ascii(String.join(" ", flags.flags())).octet(')');
            case ImapResponse.Exists exists ->
                ascii("* ").number(exists.messages()).ascii(" EXISTS");
            case ImapResponse.Recent recent ->
                ascii("* ").number(recent.messages()).ascii(" RECENT");
            case ImapResponse.Expunge expunge ->
                ascii("* ").number(expunge.sequence()).ascii(" EXPUNGE");
            case ImapResponse.Search search -> {
                ascii("* SEARCH");
                for (long number : search.numbers()) {
                    octet(' ').number(number);
                }
                if (search.modSeq() > 0) {
                    ascii(" (MODSEQ ").number(search.modSeq()).octet(')');
                }
            }
            case ImapResponse.Esearch esearch -> {
                ascii("* ESEARCH (TAG ").quoted(esearch.tag()).octet(')');
                ascii(esearch.by() == MessageRef.UID ? " UID" : "");
                for (Map.Entry<String, String> value : esearch.values().entrySet()) {
                    octet(' ').ascii(value.getKey()).octet(' ').ascii(value.getValue());
                }
            }
        }
        return crlf();
    }

    private void status(ImapResponse.Condition condition, @Nullable ResponseCode code, String text) throws IOException {
        ascii(condition.name()).octet(' ');
        if (code != null) {
            octet('[').ascii(code.text()).ascii("] ");
        }
        ascii(clean(text));
    }

    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return text.replaceAll("[^ -~]", "?");
            }
        }
        return text;
    }

    private void id(Map<String, String> fields) throws IOException {
        ascii("* ID (");
        String between = "";
        for (Map.Entry<String, String> field : fields.entrySet()) {
            ascii(between).quoted(field.getKey()).octet(' ').quoted(field.getValue());
            between = " ";
        }
        octet(')');
    }

    private void mailbox(ImapResponse.Mailbox mailbox) throws IOException {
        ascii("* ").ascii(mailbox.kind().name()).ascii(" (");
        ascii(String.join(" ", mailbox.attributes())).ascii(") \"/\" ").mailbox(mailbox.mailbox());
        if (mailbox.childInfo()) {
            ascii(" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
        }
    }
}
