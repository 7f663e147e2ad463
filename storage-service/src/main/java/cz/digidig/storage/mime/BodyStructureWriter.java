package cz.digidig.storage.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes BODY and BODYSTRUCTURE (RFC 9051 §7.5.2 and §9). */
final class BodyStructureWriter {
    private static final List<Parameter> US_ASCII = List.of(new Parameter("charset", "us-ascii"));

    /** Whether the extension data is written. */
    enum Form {
        BODY,
        BODYSTRUCTURE
    }

    private final WireText wire;
    private final Form form;
    private final MimeLimits limits;

    private BodyStructureWriter(Form form, MimeLimits limits) {
        this.wire = new WireText(limits.wireLength());
        this.form = form;
        this.limits = limits;
    }

    static String write(MimePart part, Form form, MimeLimits limits) {
        BodyStructureWriter writer = new BodyStructureWriter(form, limits);
        writer.part(part);
        return writer.wire.toString();
    }

    private void part(MimePart part) {
        wire.raw('(');
        if (part.isMultipart()) {
            for (MimePart inside : part.parts) {
                part(inside);
            }
            wire.raw(' ').string(part.subtype);
            if (form == Form.BODYSTRUCTURE) {
                wire.raw(' ').parameters(part.parameters);
            }
        } else {
            single(part);
            if (form == Form.BODYSTRUCTURE) {
                wire.raw(' ').nonEmpty(part.header.first("content-md5"));
            }
        }
        if (form == Form.BODYSTRUCTURE) {
            wire.raw(' ');
            disposition(part.disposition);
            wire.raw(' ');
            languages(part.header.first("content-language"));
            wire.raw(' ').nonEmpty(withoutBlanks(part.header.first("content-location")));
        }
        wire.raw(')');
    }

    private void single(MimePart part) {
        wire.string(part.type).raw(' ').string(part.subtype).raw(' ');
        // The default of RFC 2046 §4.1.2, said aloud for clients that guess otherwise.
        boolean addCharset = part.is("text", "plain") && part.parameter("charset") == null && !wire.full();
        if (addCharset && part.parameters.isEmpty()) {
            wire.parameters(US_ASCII);
        } else if (addCharset) {
            List<Parameter> parameters = new ArrayList<>(US_ASCII);
            parameters.addAll(part.parameters);
            wire.parameters(parameters);
        } else {
            wire.parameters(part.parameters);
        }
        wire.raw(' ').nonEmpty(part.header.first("content-id"));
        wire.raw(' ').nonEmpty(part.header.first("content-description"));
        wire.raw(' ').string(part.encoding).raw(' ').number(part.end - part.bodyStart);
        MimePart message = part.message;
        if (message != null) {
            wire.raw(' ').raw(wire.full() ? EMPTY_ENVELOPE : EnvelopeWriter.envelope(message.header, limits));
            wire.raw(' ');
            part(message);
        }
        if (message != null || part.isText()) {
            wire.raw(' ').number(part.lines);
        }
    }

    private static final String EMPTY_ENVELOPE = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

    private void disposition(ParameterizedValue disposition) {
        if (disposition.value().isEmpty() || wire.full()) {
            wire.nil();
        } else {
            wire.raw('(').string(disposition.value()).raw(' ');
            wire.parameters(disposition.parameters()).raw(')');
        }
    }

    /** One tag as a string, several as a list (RFC 3282). */
    private void languages(@Nullable String field) {
        List<String> tags = new ArrayList<>();
        if (field != null) {
            int start = 0;
            while (start <= field.length() && tags.size() < limits.parameters()) {
                int comma = field.indexOf(',', start);
                int end = comma < 0 ? field.length() : comma;
                String tag = field.substring(start, end).strip();
                if (!tag.isEmpty()) {
                    tags.add(tag);
                }
                start = end + 1;
            }
        }
        if (tags.size() < 2 || wire.full()) {
            wire.nstring(tags.isEmpty() ? null : tags.getFirst());
            return;
        }
        char before = '(';
        for (String tag : tags) {
            wire.raw(before).string(tag);
            before = ' ';
        }
        wire.raw(')');
    }

    /** A URI may be folded, but has no white space (RFC 2557 §4.4.2). */
    private static @Nullable String withoutBlanks(@Nullable String value) {
        return value == null ? null : value.replace(" ", "").replace("\t", "");
    }
}
