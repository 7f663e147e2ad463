package cz.digidig.imap.mailbox;

import cz.digidig.imap.protocol.FetchItem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds BODY[...] and BINARY[...] sections in a message's octets by its layout (RFC 9051 §6.4.5.1). */
public final class Sections {
    private Sections() {}

    /**
     * A run of a message's octets.
     *
     * @param from the first
     * @param to behind the last
     */
    public record Span(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    /** Where a part was found: as a part of something, or as a message. */
    private record Place(Part part, Kind kind) {
        private enum Kind {
            /** The message itself. */
            ROOT,
            /** An entity with a MIME header, its content a message perhaps. */
            PART,
            /** "1" of a message that is not a multipart: its body by another name. */
            BODY_OF_MESSAGE
        }
    }

    /** The octets that hold a section; for header fields the header that they are to be taken from. Null: no such part. */
    public static @Nullable Span find(Part root, List<Integer> part, FetchItem.Text text) {
        Place place = place(root, part);
        if (place == null) {
            return null;
        }
        Part found = place.part();
        if (place.kind() == Place.Kind.ROOT) {
            return switch (text) {
                case WHOLE -> new Span(found.header(), found.end());
                case TEXT -> new Span(found.body(), found.end());
                case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> new Span(found.header(), found.body());
            };
        }
        return switch (text) {
            case WHOLE -> new Span(found.body(), found.end());
            case MIME -> new Span(found.header(), found.body());
            // Only messages have these (RFC 9051 §6.4.5.1).
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT -> {
                Part message = place.kind() == Place.Kind.PART ? found.message() : null;
                yield message == null ? null : new Span(message.header(), message.body());
            }
            case TEXT -> {
                Part message = place.kind() == Place.Kind.PART ? found.message() : null;
                yield message == null ? null : new Span(message.body(), message.end());
            }
        };
    }

    /** The transfer encoding of a part; null: no such part. */
    public static @Nullable String encoding(Part root, List<Integer> part) {
        if (part.isEmpty()) {
            return "binary";
        }
        Place place = place(root, part);
        if (place == null) {
            return null;
        }
        // A multipart's or a message's own encoding says nothing of its octets.
        boolean composite = !place.part().parts().isEmpty() || place.part().message() != null;
        return composite ? "binary" : place.part().encoding();
    }

    private static @Nullable Place place(Part root, List<Integer> part) {
        Place place = new Place(root, Place.Kind.ROOT);
        for (int number : part) {
            Part container =
                    switch (place.kind()) {
                        case ROOT -> place.part();
                        case BODY_OF_MESSAGE -> null;
                        case PART -> {
                            Part message = place.part().message();
                            yield message != null
                                    ? message
                                    : place.part().parts().isEmpty() ? null : place.part();
                        }
                    };
            if (container == null) {
                return null;
            }
            List<Part> parts = container.parts();
            if (parts.isEmpty()) {
                if (number != 1) {
                    return null;
                }
                // A message whose body is a message is walked into through that body.
                place = new Place(
                        container, container.message() == null ? Place.Kind.BODY_OF_MESSAGE : Place.Kind.PART);
            } else if (number > parts.size()) {
                return null;
            } else {
                place = new Place(parts.get(number - 1), Place.Kind.PART);
            }
        }
        return place;
    }

    /** The fields of a header with, or without, these names in lower case, and the empty line. */
    public static byte[] fields(byte[] header, List<String> names, FetchItem.Text text) {
        boolean wanted = text == FetchItem.Text.HEADER_FIELDS;
        Set<String> set = Set.copyOf(names);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
        int start = 0;
        boolean keeps = false;
        while (start < header.length) {
            int end = start;
            while (end < header.length && header[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, header.length);
            boolean folded = header[start] == ' ' || header[start] == '\t';
            if (isEmpty(header, start, end)) {
                break;
            }
            if (!folded || start == 0) {
                keeps = set.contains(name(header, start, end)) == wanted;
            }
            if (keeps) {
                kept.write(header, start, end - start);
            }
            start = end;
        }
        kept.write('\r');
        kept.write('\n');
        return kept.toByteArray();
    }

    private static boolean isEmpty(byte[] header, int start, int end) {
        return header[start] == '\n' || (header[start] == '\r' && start + 2 >= end);
    }

    private static String name(byte[] header, int start, int end) {
        int colon = start;
        while (colon < end && header[colon] != ':') {
            colon++;
        }
        while (colon > start && (header[colon - 1] == ' ' || header[colon - 1] == '\t')) {
            colon--;
        }
        return new String(header, start, colon - start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Whether a transfer encoding is known; if not: UNKNOWN-CTE (RFC 3516 §4.3). */
    public static boolean decodes(String encoding) {
        return switch (encoding) {
            case "", "7bit", "8bit", "binary", "base64", "quoted-printable" -> true;
            default -> false;
        };
    }

    /** A part's octets without their transfer encoding; an unknown one is left. */
    public static byte[] decode(byte[] octets, String encoding) {
        return switch (encoding) {
            case "base64" -> base64(octets);
            case "quoted-printable" -> quotedPrintable(octets);
            default -> octets;
        };
    }

    private static byte[] base64(byte[] octets) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(octets.length * 3 / 4 + 3);
        int bits = 0;
        int held = 0;
        for (byte octet : octets) {
            int value = base64Value(octet);
            if (value >= 0) {
                bits = bits << 6 | value;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    plain.write(bits >> held);
                }
            } else if (octet == '=') {
                // Padding ends a run; more may follow where encoded texts were joined.
                held = 0;
            }
        }
        return plain.toByteArray();
    }

    private static int base64Value(byte octet) {
        if (octet >= 'A' && octet <= 'Z') {
            return octet - 'A';
        }
        if (octet >= 'a' && octet <= 'z') {
            return octet - 'a' + 26;
        }
        if (octet >= '0' && octet <= '9') {
            return octet - '0' + 52;
        }
        return octet == '+' ? 62 : octet == '/' ? 63 : -1;
    }

    private static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(octets.length);
        int i = 0;
        while (i < octets.length) {
            byte octet = octets[i];
            if (octet == '=') {
                int high = i + 1 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
                int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
                if (high >= 0 && low >= 0) {
                    plain.write(high << 4 | low);
                    i += 3;
                    continue;
                }
                int end = i + 1;
                while (end < octets.length && (octets[end] == ' ' || octets[end] == '\t')) {
                    end++;
                }
                if (end < octets.length && (octets[end] == '\r' || octets[end] == '\n')) {
                    boolean crlf = octets[end] == '\r' && end + 1 < octets.length && octets[end + 1] == '\n';
                    i = end + (crlf ? 2 : 1);
                    continue;
                }
                if (end == octets.length) {
                    break;
                }
            }
            plain.write(octet);
            i++;
        }
        return plain.toByteArray();
    }
}
