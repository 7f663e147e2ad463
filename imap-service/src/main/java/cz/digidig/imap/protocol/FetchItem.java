package cz.digidig.imap.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing that FETCH is asked for (RFC 9051 §6.4.5). */
public sealed interface FetchItem {
    /** Most items in one FETCH. */
    int MOST_ITEMS = 200;

    /** Items without arguments. RFC822 and its kin are here, as BODY sections of other names. */
    enum Simple implements FetchItem {
        FLAGS,
        UID,
        INTERNALDATE,
        RFC822_SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE,
        MODSEQ,
        EMAILID,
        THREADID
    }

    /** What of a part is wanted. */
    enum Text {
        /** The whole message, or a part's body. */
        WHOLE,
        HEADER,
        HEADER_FIELDS,
        HEADER_FIELDS_NOT,
        TEXT,
        MIME
    }

    /** Whether reading marks the message as seen. */
    enum Look {
        READ,
        PEEK
    }

    /**
     * A substring of a text.
     *
     * @param from the first octet, from 0
     * @param length the most octets, at least 1
     */
    record Partial(long from, long length) {}

    /**
     * BODY[...], and RFC822, RFC822.HEADER, RFC822.TEXT (RFC 3501 §6.4.5).
     *
     * @param label how the answer names it, up to the value: {@code BODY[1.MIME]<0>}
     * @param part part numbers; none: the message
     * @param text what of it
     * @param fields names of header fields
     * @param look whether it sets {@code \Seen}
     * @param partial null: all
     */
    record Section(
            String label,
            List<Integer> part,
            Text text,
            List<String> fields,
            Look look,
            @Nullable Partial partial) implements FetchItem {}

    /**
     * BINARY[...] (RFC 9051 §6.4.5, RFC 3516 §4.2): a part's body without its transfer encoding.
     *
     * @param label how the answer names it
     * @param part part numbers
     * @param look whether it sets {@code \Seen}
     * @param partial null: all
     */
    record Binary(
            String label,
            List<Integer> part,
            Look look,
            @Nullable Partial partial) implements FetchItem {}

    /**
     * BINARY.SIZE[...].
     *
     * @param label how the answer names it
     * @param part part numbers
     */
    record BinarySize(String label, List<Integer> part) implements FetchItem {}

    /** One item, a list of them, or a macro. */
    static List<FetchItem> parseItems(CommandReader in) {
        List<FetchItem> items = new ArrayList<>();
        if (!in.accept('(')) {
            parse(in, items, true);
            return items;
        }
        do {
            if (items.size() >= MOST_ITEMS) {
                throw in.bad("More than " + MOST_ITEMS + " items");
            }
            parse(in, items, false);
        } while (in.acceptSpace());
        in.expect(')');
        return items;
    }

    private static void parse(CommandReader in, List<FetchItem> items, boolean macros) {
        String name = in.word();
        switch (name) {
            case "ALL", "FAST", "FULL" -> {
                if (!macros) {
                    throw in.bad("A macro stands alone");
                }
                add(items, Simple.FLAGS);
                add(items, Simple.INTERNALDATE);
                add(items, Simple.RFC822_SIZE);
                if (!name.equals("FAST")) {
                    add(items, Simple.ENVELOPE);
                }
                if (name.equals("FULL")) {
                    add(items, Simple.BODY);
                }
            }
            case "FLAGS" -> add(items, Simple.FLAGS);
            case "UID" -> add(items, Simple.UID);
            case "INTERNALDATE" -> add(items, Simple.INTERNALDATE);
            case "RFC822.SIZE" -> add(items, Simple.RFC822_SIZE);
            case "ENVELOPE" -> add(items, Simple.ENVELOPE);
            case "BODYSTRUCTURE" -> add(items, Simple.BODYSTRUCTURE);
            case "MODSEQ" -> add(items, Simple.MODSEQ);
            case "EMAILID" -> add(items, Simple.EMAILID);
            case "THREADID" -> add(items, Simple.THREADID);
            case "RFC822" -> add(items, whole("RFC822", Text.WHOLE, Look.READ));
            case "RFC822.HEADER" -> add(items, whole("RFC822.HEADER", Text.HEADER, Look.PEEK));
            case "RFC822.TEXT" -> add(items, whole("RFC822.TEXT", Text.TEXT, Look.READ));
            case "BODY" -> add(items, in.peek() == '[' ? section(in, Look.READ) : Simple.BODY);
            case "BODY.PEEK" -> add(items, section(in, Look.PEEK));
            case "BINARY" -> add(items, binary(in, Look.READ));
            case "BINARY.PEEK" -> add(items, binary(in, Look.PEEK));
            case "BINARY.SIZE" -> {
                in.expect('[');
                List<Integer> part = part(in);
                in.expect(']');
                add(items, new BinarySize("BINARY.SIZE[" + text(part) + "]", part));
            }
            default -> throw in.bad("Unknown FETCH item");
        }
    }

    private static void add(List<FetchItem> items, FetchItem item) {
        if (!items.contains(item)) {
            items.add(item);
        }
    }

    private static Section whole(String label, Text text, Look look) {
        return new Section(label, List.of(), text, List.of(), look, null);
    }

    private static Section section(CommandReader in, Look look) {
        in.expect('[');
        List<Integer> part = part(in);
        StringBuilder label = new StringBuilder("BODY[").append(text(part));
        Text text = Text.WHOLE;
        List<String> fields = List.of();
        if (in.peek() != ']') {
            String name = in.word();
            text = switch (name) {
                case "HEADER" -> Text.HEADER;
                case "HEADER.FIELDS" -> Text.HEADER_FIELDS;
                case "HEADER.FIELDS.NOT" -> Text.HEADER_FIELDS_NOT;
                case "TEXT" -> Text.TEXT;
                case "MIME" -> Text.MIME;
                default -> throw in.bad("Unknown section");
            };
            if (text == Text.MIME && part.isEmpty()) {
                throw in.bad("MIME needs a part");
            }
            label.append(part.isEmpty() ? "" : ".").append(name);
            if (text == Text.HEADER_FIELDS || text == Text.HEADER_FIELDS_NOT) {
                fields = fields(in, label);
            }
        }
        in.expect(']');
        label.append(']');
        Partial partial = partial(in, label);
        return new Section(label.toString(), part, text, fields, look, partial);
    }

    private static List<String> fields(CommandReader in, StringBuilder label) {
        in.space();
        in.expect('(');
        label.append(" (");
        List<String> fields = new ArrayList<>();
        do {
            if (fields.size() >= MOST_ITEMS) {
                throw in.bad("More than " + MOST_ITEMS + " header fields");
            }
            String field = in.astring();
            if (field.isEmpty() || field.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ':')) {
                throw in.bad("Not a header field's name");
            }
            boolean quote = field.chars().anyMatch(c -> !CommandReader.isAstringOctet(c));
            label.append(fields.isEmpty() ? "" : " ");
            if (quote) {
                label.append('"')
                        .append(field.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            } else {
                label.append(field);
            }
            fields.add(field.toLowerCase(Locale.ROOT));
        } while (in.acceptSpace());
        in.expect(')');
        label.append(')');
        return fields;
    }

    private static Binary binary(CommandReader in, Look look) {
        in.expect('[');
        List<Integer> part = part(in);
        in.expect(']');
        StringBuilder label = new StringBuilder("BINARY[").append(text(part)).append(']');
        Partial partial = partial(in, label);
        return new Binary(label.toString(), part, look, partial);
    }

    private static @Nullable Partial partial(CommandReader in, StringBuilder label) {
        if (!in.accept('<')) {
            return null;
        }
        long from = in.number64();
        in.expect('.');
        long length = in.number64();
        in.expect('>');
        if (length == 0) {
            throw in.bad("A partial FETCH of nothing");
        }
        label.append('<').append(from).append('>');
        return new Partial(from, length);
    }

    /** {@code 1.2.} before a name, {@code 1.2} alone, or nothing. */
    private static List<Integer> part(CommandReader in) {
        List<Integer> part = new ArrayList<>();
        while (in.peek() >= '0' && in.peek() <= '9') {
            long number = in.number();
            if (number == 0 || number > 100_000 || part.size() >= in.limits().nesting() + 20) {
                throw in.bad("No such part");
            }
            part.add((int) number);
            if (!in.accept('.')) {
                break;
            }
        }
        return List.copyOf(part);
    }

    private static String text(List<Integer> part) {
        StringBuilder text = new StringBuilder();
        for (int number : part) {
            text.append(text.isEmpty() ? "" : ".").append(number);
        }
        return text.toString();
    }
}
