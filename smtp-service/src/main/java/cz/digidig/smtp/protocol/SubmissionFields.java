package cz.digidig.smtp.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a submitted message's header in order as it passes (RFC 6409 §8, RFC 5322 §3.6): Bcc fields are left out, Date,
 * Message-ID and From are added at the header's end where they are missing. All else passes octet for octet, in any
 * pieces; nothing of the message is kept but the values of some fields.
 *
 * <p>The header ends at the first empty line, or at a line that is no field: an empty line is then put before it.
 */
public final class SubmissionFields {
    /** Longer names are none that matter here. */
    private static final int LONGEST_NAME = 40;

    private static final int LONGEST_VALUE = 64 * 1024;
    private static final String FROM = "from";
    private static final String BCC = "bcc";
    private static final String MESSAGE_ID = "message-id";
    private static final byte[] CRLF = {'\r', '\n'};

    /**
     * The values of what may be missing.
     *
     * @param date as in the field
     * @param messageId in angle brackets
     * @param from the address
     */
    public record Missing(String date, String messageId, String from) {}

    private enum Mode {
        /** At a line's beginning: what it is is not known yet. */
        NAME,
        /** The octets of a field, or of the body. */
        PASS,
        DROP
    }

    private final OutputStream out;
    private final Missing missing;
    private final byte[] name = new byte[LONGEST_NAME + 1];
    /** What is kept, by the field's name. */
    private final Map<String, ByteArrayOutputStream> values = Map.of(
            FROM,
            new ByteArrayOutputStream(),
            MESSAGE_ID,
            new ByteArrayOutputStream(),
            "to",
            new ByteArrayOutputStream(),
            "cc",
            new ByteArrayOutputStream(),
            BCC,
            new ByteArrayOutputStream());

    private Mode mode = Mode.NAME;
    private Mode field = Mode.NAME;
    private String fieldName = "";
    private boolean body;
    private boolean ended;
    private boolean date;
    private int named;
    private boolean spaced;
    private int froms;
    private int messageIds;
    private int last = '\n';
    private final Set<String> cut = new HashSet<>();

    public SubmissionFields(OutputStream out, Missing missing) {
        this.out = out;
        this.missing = missing;
    }

    /** Takes more of the message. */
    public void feed(byte[] octets, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end && !body) {
            at = mode == Mode.NAME ? name(octets, at, end) : line(octets, at, end);
        }
        if (at < end) {
            out.write(octets, at, end - at);
            last = octets[end - 1];
        }
    }

    /** Takes a line's beginning, octet by octet, until it is known what it is. */
    private int name(byte[] octets, int from, int end) throws IOException {
        for (int at = from; at < end; at++) {
            byte b = octets[at];
            if (named == 0 && white(b) && field != Mode.NAME) {
                mode = field;
                return at;
            }
            boolean fits = fits(b);
            name[named++] = b;
            spaced |= white(b);
            if (fits && ((b == ':' && named > 1) || (named > LONGEST_NAME && !spaced))) {
                begin();
                return at + 1;
            }
            if (b == '\n' || !fits || named > LONGEST_NAME) {
                endHeader();
                return at + 1;
            }
        }
        return end;
    }

    private static boolean white(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Whether a line that goes on so may still be a field, or empty. */
    private boolean fits(byte b) {
        boolean printable = b >= '!' && b <= '~';
        if (named == 0) {
            return b == '\r' || printable;
        }
        // Before the colon white space may stand (RFC 5322 §4.5).
        return name[0] != '\r' && (white(b) || (printable && (!spaced || b == ':')));
    }

    /** A field begins. */
    private void begin() throws IOException {
        byte[] begun = takeName();
        String text = new String(begun, StandardCharsets.US_ASCII);
        fieldName = text.endsWith(":")
                ? text.substring(0, text.length() - 1).strip().toLowerCase(Locale.ROOT)
                : "";
        field = fieldName.equals(BCC) || fieldName.equals("resent-bcc") ? Mode.DROP : Mode.PASS;
        mode = field;
        date |= fieldName.equals("date");
        froms += fieldName.equals(FROM) ? 1 : 0;
        messageIds += fieldName.equals(MESSAGE_ID) ? 1 : 0;
        ByteArrayOutputStream value = values.get(fieldName);
        if (value != null && value.size() > 0) {
            // What came before ends with its line end: this goes on as a folded line.
            value.write(' ');
            value.write(',');
        }
        if (field == Mode.PASS) {
            out.write(begun);
            last = begun[begun.length - 1];
        }
    }

    /** Takes the rest of a field's line. */
    private int line(byte[] octets, int from, int end) throws IOException {
        int at = from;
        while (at < end && octets[at] != '\n') {
            at++;
        }
        int stop = Math.min(end, at + 1);
        if (field == Mode.PASS) {
            out.write(octets, from, stop - from);
            last = octets[stop - 1];
        }
        keep(octets, from, stop);
        if (at < end) {
            mode = Mode.NAME;
        }
        return stop;
    }

    private void keep(byte[] octets, int start, int stop) {
        ByteArrayOutputStream value = values.get(fieldName);
        if (value != null) {
            int room = Math.min(stop - start, LONGEST_VALUE - value.size());
            value.write(octets, start, room);
            if (room < stop - start) {
                cut.add(fieldName);
            }
        }
    }

    /** The header is over; what came of the line that ends it is in {@link #name}. */
    private void endHeader() throws IOException {
        ended = true;
        body = true;
        add("From", missing.from(), froms == 0);
        add("Date", missing.date(), !date);
        add("Message-ID", missing.messageId(), messageIds == 0);
        byte[] line = takeName();
        boolean empty = line.length == 0
                || (line.length == 1 && line[0] == '\n')
                || (line.length == 2 && line[0] == '\r' && line[1] == '\n');
        if (!empty) {
            out.write(CRLF);
        }
        out.write(line);
        last = line.length == 0 ? last : line[line.length - 1];
    }

    private byte[] takeName() {
        byte[] taken = Arrays.copyOf(name, named);
        named = 0;
        spaced = false;
        return taken;
    }

    private void add(String field, String value, boolean wanted) throws IOException {
        if (wanted) {
            if (last != '\n') {
                out.write(CRLF);
                last = '\n';
            }
            out.write((field + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The message is whole. To be called once, before anything is asked. */
    public void finish() throws IOException {
        if (!ended) {
            endHeader();
        }
    }

    /** The value of the From field; empty: there was none, or there were several. */
    public Optional<String> from() {
        return froms == 1 && !cut.contains(FROM) ? Optional.of(value(FROM)) : Optional.empty();
    }

    /** How many From fields came. */
    public int froms() {
        return froms;
    }

    /** The message's id, whoever gave it. */
    public String messageId() {
        return messageIds == 0 ? missing.messageId() : value(MESSAGE_ID);
    }

    /** The values of To, Cc and Bcc, those of several fields of a name after each other; empty where there is none. */
    public List<String> recipients() {
        return Stream.of("to", "cc", BCC).map(this::value).toList();
    }

    /** The value of Bcc, which does not pass; empty where there is none, or it was too long to be kept. */
    public String bcc() {
        return cut.contains(BCC) ? "" : value(BCC);
    }

    /** Whether the recipients of a field were too many to be kept. */
    public boolean recipientsCut() {
        return !Collections.disjoint(cut, Set.of("to", "cc", BCC));
    }

    private String value(String name) {
        ByteArrayOutputStream value = values.get(name);
        return value == null ? "" : value.toString(StandardCharsets.UTF_8).strip();
    }
}
