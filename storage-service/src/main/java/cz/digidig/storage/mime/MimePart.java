package cz.digidig.storage.mime;

import cz.digidig.common.api.storage.RenderedMessage.PartLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of a message, or the message: where it lies, what its header says, what is inside. Filled by its reader. */
final class MimePart {
    private static final ParameterizedValue NONE = new ParameterizedValue("", List.of());

    final Header header;
    final int headerStart;
    final List<MimePart> parts = new ArrayList<>(0);

    @Nullable
    MimePart message;

    int bodyStart;
    int end;
    int lines;
    String type = "text";
    String subtype = "plain";
    List<Parameter> parameters = List.of();
    String encoding = "7bit";
    ParameterizedValue disposition = NONE;

    MimePart(Header header, int headerStart) {
        this.header = header;
        this.headerStart = headerStart;
    }

    /** Reads what the Content- fields say (RFC 2045 §5 and §6). */
    void describe(boolean insideDigest, MimeLimits limits) {
        String contentType = header.first("content-type");
        String given = "";
        if (contentType != null) {
            ParameterizedValue value = ParameterizedValue.parse(contentType, limits.parameters());
            given = value.value();
            parameters = value.parameters();
        }
        int slash = given.indexOf('/');
        int second = given.indexOf('/', slash + 1);
        if (slash > 0 && slash < given.length() - 1 && second != slash + 1) {
            type = given.substring(0, slash);
            subtype = given.substring(slash + 1, second < 0 ? given.length() : second);
        } else if (insideDigest) {
            type = "message";
            subtype = "rfc822";
        }
        String transfer = header.first("content-transfer-encoding");
        if (transfer != null) {
            encoding = encoding(transfer);
        }
        String shown = header.first("content-disposition");
        if (shown != null) {
            disposition = ParameterizedValue.parse(shown, limits.parameters());
        }
    }

    /** The mechanism's name (RFC 2045 §6.1), without a comment or what else stands behind it. */
    private static String encoding(String field) {
        int end = 0;
        while (end < field.length() && field.charAt(end) != ';' && field.charAt(end) != '(') {
            end++;
        }
        String name = field.substring(0, end).strip();
        return name.isEmpty() ? "7bit" : name;
    }

    /** Makes a part that can't be looked into something that says nothing of its inside. */
    void makeOpaque() {
        type = "application";
        subtype = "octet-stream";
        parameters = List.of();
    }

    /** Makes a multipart that can't be one (no boundary) plain text (RFC 2046 §5.1 requires the parameter). */
    void makePlain() {
        type = "text";
        subtype = "plain";
        parameters = List.of();
    }

    boolean isMultipart() {
        return type.equalsIgnoreCase("multipart");
    }

    boolean isText() {
        return type.equalsIgnoreCase("text");
    }

    /** RFC 9051 §9, media-message. */
    boolean isMessage() {
        return type.equalsIgnoreCase("message")
                && (subtype.equalsIgnoreCase("rfc822") || subtype.equalsIgnoreCase("global"));
    }

    boolean is(String wantedType, String wantedSubtype) {
        return type.equalsIgnoreCase(wantedType) && subtype.equalsIgnoreCase(wantedSubtype);
    }

    @Nullable
    String parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    String lowerEncoding() {
        return encoding.toLowerCase(Locale.ROOT);
    }

    PartLayout layout() {
        List<PartLayout> inside = parts.isEmpty()
                ? List.of()
                : parts.stream().map(MimePart::layout).toList();
        PartLayout inner = message == null ? null : message.layout();
        return new PartLayout(headerStart, bodyStart, end, lowerEncoding(), inside, inner);
    }
}
