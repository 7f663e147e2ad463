package cz.digidig.storage.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the parts of a message once and gathers its text, folded for searching, its preview and its attachments. */
final class TextCollector {
    /** Encoded octets looked at for each character kept: markup and encodings take more room than text. */
    private static final int OCTETS_PER_CHARACTER = 4;

    private static final int MOST_ATTACHMENTS = 100;

    private final byte[] octets;
    private final MimeLimits limits;
    private final StringBuilder body;
    private final List<String> attachments = new ArrayList<>(0);
    private int octetsLeft;
    private String plainPreview = "";
    private String htmlPreview = "";

    TextCollector(byte[] octets, MimeLimits limits) {
        this.octets = octets;
        this.limits = limits;
        this.octetsLeft = OCTETS_PER_CHARACTER * limits.searchedBody();
        this.body = new StringBuilder(Math.min(octets.length, 8 << 10));
    }

    void collect(MimePart message) {
        part(message, null, Place.OUTER);
    }

    /** Whether a part is of the message itself or of one inside: previews are of the message itself alone. */
    private enum Place {
        OUTER,
        INNER
    }

    private void part(MimePart part, @Nullable MimePart parent, Place place) {
        boolean attached = Attachments.isAttachment(part, parent);
        if (place == Place.OUTER && attached) {
            attachment(part);
        }
        MimePart message = part.message;
        if (message != null) {
            appendHeader(message.header);
            part(message, null, Place.INNER);
        } else if (part.isMultipart()) {
            for (MimePart inside : part.parts) {
                part(inside, part, place);
            }
        } else if (part.isText()) {
            text(part, attached ? Place.INNER : place);
        }
    }

    private void attachment(MimePart part) {
        if (attachments.size() < MOST_ATTACHMENTS) {
            String name = Attachments.name(part);
            attachments.add(name);
            append(name);
        }
    }

    private void text(MimePart part, Place place) {
        int room = limits.searchedBody() - body.length();
        if (room <= 0 || octetsLeft <= 0) {
            return;
        }
        int most = Math.min(octetsLeft, OCTETS_PER_CHARACTER * room);
        octetsLeft -= Math.min(octetsLeft, part.end - part.bodyStart);
        String text = PartText.decode(octets, part, most);
        boolean html = part.subtype.equalsIgnoreCase("html");
        if (html) {
            text = HtmlText.of(text);
        }
        append(text);
        if (place == Place.OUTER) {
            preview(text, html);
        }
    }

    private void preview(String text, boolean html) {
        if (html && htmlPreview.isEmpty() && plainPreview.isEmpty()) {
            htmlPreview = HeaderText.oneLine(text, limits.preview());
        } else if (!html && plainPreview.isEmpty()) {
            plainPreview = HeaderText.oneLine(text, limits.preview());
        }
    }

    private void appendHeader(Header header) {
        for (int i = 0; i < header.size() && body.length() < limits.searchedBody(); i++) {
            append(header.name(i) + ": " + HeaderText.decode(header.value(i)));
        }
    }

    /** Appends a text, a space before it: nothing is found across two of them that is not there. */
    private void append(String text) {
        int room = limits.searchedBody() - body.length();
        if (room > 0 && !text.isEmpty()) {
            CaseFold.append(" ", body);
            CaseFold.append(text.length() > room ? text.substring(0, room) : text, body);
        }
    }

    String body() {
        return body.toString();
    }

    String preview() {
        return plainPreview.isEmpty() ? htmlPreview : plainPreview;
    }

    List<String> attachments() {
        return List.copyOf(attachments);
    }
}
