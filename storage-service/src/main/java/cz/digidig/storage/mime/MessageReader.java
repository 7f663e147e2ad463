package cz.digidig.storage.mime;

import cz.digidig.storage.mime.MessageContent.Attachment;
import cz.digidig.storage.mime.MessageContent.Field;
import cz.digidig.storage.mime.MessageContent.PartContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a message for one who looks at it. Never fails. */
public final class MessageReader {
    private static final int MOST_TEXT = 2 << 20;
    private static final int MOST_FIELD = 16 << 10;

    private final byte[] octets;
    private final MimePart message;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<Attachment> attachments = new ArrayList<>();

    private MessageReader(byte[] octets) {
        this.octets = octets;
        this.message = StructureReader.read(octets, MimeLimits.DEFAULT);
    }

    public static MessageContent read(byte[] octets) {
        return new MessageReader(octets).content();
    }

    /**
     * The readable text in one line: the plain text, or what the page says.
     *
     * @param most the most characters
     */
    public static String text(byte[] octets, int most) {
        MessageContent content = read(octets);
        String plain = content.text();
        String html = content.html();
        String text = plain != null && !plain.isBlank() ? plain : html != null ? HtmlText.of(html) : "";
        return HeaderText.oneLine(text, most);
    }

    /**
     * One part, decoded.
     *
     * @param number as in IMAP; empty where there is no such part, or it is a multipart
     */
    public static Optional<PartContent> part(byte[] octets, String number) {
        return new MessageReader(octets).part(number);
    }

    private MessageContent content() {
        List<Field> headers = new ArrayList<>(message.header.size());
        for (int i = 0; i < message.header.size(); i++) {
            String value = HeaderText.decode(message.header.value(i));
            headers.add(new Field(message.header.name(i), HeaderText.oneLine(value, MOST_FIELD)));
        }
        gather(message, null, message.isMultipart() ? "" : "1");
        return new MessageContent(
                List.copyOf(headers),
                text.isEmpty() ? null : text.toString(),
                html.isEmpty() ? null : html.toString(),
                List.copyOf(attachments));
    }

    private void gather(MimePart part, @Nullable MimePart parent, String number) {
        if (part.isMultipart()) {
            for (int i = 0; i < part.parts.size(); i++) {
                gather(part.parts.get(i), part, inside(number, i + 1));
            }
            return;
        }
        boolean attached = Attachments.isAttachment(part, parent);
        boolean page = part.is("text", "html");
        if (!attached && (page || part.is("text", "plain"))) {
            StringBuilder into = page ? html : text;
            String decoded = PartText.decode(octets, part, MOST_TEXT);
            if (into.length() + decoded.length() <= MOST_TEXT) {
                into.append(into.isEmpty() || page ? "" : "\n").append(decoded);
            }
            return;
        }
        attachments.add(new Attachment(
                number, Attachments.name(part), mediaType(part), decodedSize(part), contentId(part), !attached));
    }

    private static String inside(String number, int index) {
        return number.isEmpty() ? Integer.toString(index) : number + "." + index;
    }

    private static String mediaType(MimePart part) {
        return HeaderText.oneLine(part.type + "/" + part.subtype, 255).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String contentId(MimePart part) {
        List<String> ids = MessageIds.read(part.header.first("content-id"));
        return ids.isEmpty() ? null : ids.getFirst();
    }

    private long decodedSize(MimePart part) {
        return switch (part.lowerEncoding()) {
            case "base64" -> TransferCoding.base64Length(octets, part.bodyStart, part.end);
            case "quoted-printable" -> decoded(part).length;
            default -> part.end - part.bodyStart;
        };
    }

    private byte[] decoded(MimePart part) {
        return TransferCoding.decode(octets, part.bodyStart, part.end, part.lowerEncoding(), Integer.MAX_VALUE);
    }

    private Optional<PartContent> part(String number) {
        MimePart part = message;
        int start = 0;
        boolean ofMessage = true;
        while (start <= number.length()) {
            int dot = number.indexOf('.', start);
            int end = dot < 0 ? number.length() : dot;
            int index = index(number, start, end);
            if (!ofMessage && part.message != null) {
                part = part.message;
                ofMessage = true;
            }
            if (part.isMultipart()) {
                if (index < 1 || index > part.parts.size()) {
                    return Optional.empty();
                }
                part = part.parts.get(index - 1);
            } else if (index != 1 || !ofMessage) {
                return Optional.empty();
            }
            ofMessage = false;
            start = end + 1;
        }
        if (part.isMultipart()) {
            return Optional.empty();
        }
        return Optional.of(
                new PartContent(mediaType(part), part.parameter("charset"), Attachments.name(part), decoded(part)));
    }

    private static int index(String number, int start, int end) {
        if (end <= start || end - start > 6) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = number.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + (c - '0');
        }
        return value;
    }
}
