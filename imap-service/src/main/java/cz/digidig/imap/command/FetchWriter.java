package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.mailbox.Rendered;
import cz.digidig.imap.mailbox.Sections;
import cz.digidig.imap.mailbox.Sections.Span;
import cz.digidig.imap.protocol.FetchItem;
import cz.digidig.imap.protocol.ImapFailure;
import cz.digidig.imap.protocol.ImapFailure.ConnectionEnded;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.ResponseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes FETCH responses (RFC 9051 §7.5.2). */
final class FetchWriter {
    private static final byte[] NOTHING = new byte[0];

    private final ResponseWriter out;
    private final FetchPlan plan;
    private final MessageCache cache;
    private final boolean condstore;

    FetchWriter(ResponseWriter out, FetchPlan plan, MessageCache cache, boolean condstore) {
        this.out = out;
        this.plan = plan;
        this.cache = cache;
        this.condstore = condstore;
    }

    /** A message with what was read of it. */
    private record Message(
            MailboxSnapshot.Row row, @Nullable Rendered rendered, byte[] held) {
        Rendered known() {
            return Objects.requireNonNull(rendered);
        }
    }

    /** Writes one message; false: it is gone. */
    boolean write(MailboxSnapshot.Row row, Map<String, Rendered> rendered, Map<String, byte[]> octets, boolean seenNow)
            throws IOException {
        String id = plan.rendered() || plan.octets() != FetchPlan.Octets.NONE ? row.id() : "";
        Rendered known = plan.rendered() ? rendered.get(id) : null;
        byte[] held = plan.octets() == FetchPlan.Octets.NONE ? NOTHING : octets.get(id);
        boolean gone = plan.rendered() && known == null;
        if (held == null) {
            gone |= plan.octets() == FetchPlan.Octets.WHOLE && row.size() <= MessageCache.LARGEST_KEPT;
            held = NOTHING;
        }
        if (gone) {
            return false;
        }
        Message message = new Message(row, known, held);
        requireDecodable(message);
        out.fetch(row.sequence());
        try {
            items(message, seenNow);
        } catch (ImapFailure failed) {
            // A response has begun: whatever fails now, the client can't be told any more.
            throw new ConnectionEnded("a message broke off", failed);
        }
        out.fetchEnd();
        return true;
    }

    private void items(Message message, boolean seenNow) throws IOException {
        MailboxSnapshot.Row row = message.row();
        boolean first = true;
        for (FetchItem item : plan.items()) {
            if (!first) {
                out.octet(' ');
            }
            first = false;
            item(message, item);
        }
        if (seenNow && !plan.items().contains(FetchItem.Simple.FLAGS)) {
            out.octet(' ').flags(row.flags(), row.keywords());
            if (condstore && !plan.modSeq()) {
                out.ascii(" MODSEQ (").number(row.modSeq()).octet(')');
            }
        }
    }

    private void item(Message message, FetchItem item) throws IOException {
        MailboxSnapshot.Row row = message.row();
        switch (item) {
            case FetchItem.Simple simple -> {
                switch (simple) {
                    case FLAGS -> out.flags(row.flags(), row.keywords());
                    case UID -> out.ascii("UID ").number(row.uid());
                    case INTERNALDATE -> out.internalDate(row.internalDate());
                    case RFC822_SIZE -> out.ascii("RFC822.SIZE ").number(row.size());
                    case MODSEQ -> out.ascii("MODSEQ (").number(row.modSeq()).octet(')');
                    case EMAILID -> out.ascii("EMAILID (").ascii(row.id()).octet(')');
                    case ENVELOPE ->
                        out.ascii("ENVELOPE ").octets(message.known().envelope());
                    case BODY -> out.ascii("BODY ").octets(message.known().body());
                    case BODYSTRUCTURE ->
                        out.ascii("BODYSTRUCTURE ").octets(message.known().bodyStructure());
                    case THREADID -> {
                        String thread = message.known().threadId();
                        out.ascii(thread.isEmpty() ? "THREADID NIL" : "THREADID (" + thread + ")");
                    }
                }
            }
            case FetchItem.Section section -> section(message, section);
            case FetchItem.Binary binary -> binary(message, binary);
            case FetchItem.BinarySize size -> {
                byte[] decoded = decoded(message, size.part());
                out.ascii(size.label()).octet(' ').number(decoded == null ? 0 : decoded.length);
            }
        }
    }

    private void section(Message message, FetchItem.Section section) throws IOException {
        out.ascii(section.label()).octet(' ');
        Span span = FetchPlan.isWhole(section)
                ? new Span(0, message.row().size())
                : Sections.find(message.known().layout(), section.part(), section.text());
        if (span == null) {
            out.ascii("NIL");
            return;
        }
        boolean filtered =
                section.text() == FetchItem.Text.HEADER_FIELDS || section.text() == FetchItem.Text.HEADER_FIELDS_NOT;
        if (filtered) {
            byte[] fields = Sections.fields(read(message, span), section.fields(), section.text());
            Span part = partial(new Span(0, fields.length), section.partial());
            out.literal(fields, (int) part.from(), (int) part.length());
            return;
        }
        Span part = partial(span, section.partial());
        if (part.to() <= message.held().length) {
            out.literal(message.held(), (int) part.from(), (int) part.length());
            return;
        }
        out.literalSize(part.length());
        stream(message, part);
    }

    private static Span partial(Span span, FetchItem.@Nullable Partial partial) {
        if (partial == null) {
            return span;
        }
        long from = Math.min(span.to(), span.from() + Math.min(partial.from(), span.length()));
        return new Span(from, from + Math.min(partial.length(), span.to() - from));
    }

    private void stream(Message message, Span span) throws IOException {
        if (span.length() == 0) {
            return;
        }
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                out.octet(octet);
            }

            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                out.octets(octets, from, count);
            }
        };
        cache.stream(message.row().id(), span.from(), span.length(), sink);
    }

    private byte[] read(Message message, Span span) throws IOException {
        byte[] held = message.held();
        if (span.to() <= held.length) {
            return java.util.Arrays.copyOfRange(held, (int) span.from(), (int) span.to());
        }
        if (span.length() == 0) {
            return NOTHING;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream((int) span.length());
        cache.stream(message.row().id(), span.from(), span.length(), octets);
        return octets.toByteArray();
    }

    private void binary(Message message, FetchItem.Binary binary) throws IOException {
        byte[] decoded = decoded(message, binary.part());
        out.ascii(binary.label()).octet(' ');
        if (decoded == null) {
            out.ascii("NIL");
            return;
        }
        Span part = partial(new Span(0, decoded.length), binary.partial());
        boolean nul = false;
        for (int i = (int) part.from(); i < part.to() && !nul; i++) {
            nul = decoded[i] == 0;
        }
        if (nul) {
            out.octet('~');
        }
        out.literal(decoded, (int) part.from(), (int) part.length());
    }

    private void requireDecodable(Message message) {
        for (FetchItem item : plan.items()) {
            List<Integer> part =
                    switch (item) {
                        case FetchItem.Binary binary -> binary.part();
                        case FetchItem.BinarySize size -> size.part();
                        case FetchItem.Section _, FetchItem.Simple _ -> null;
                    };
            String encoding =
                    part == null ? null : Sections.encoding(message.known().layout(), part);
            if (encoding != null && !Sections.decodes(encoding)) {
                throw new Refused(ResponseCode.Plain.UNKNOWN_CTE, "A part has an unknown transfer encoding");
            }
        }
    }

    /** A part without its transfer encoding; null: there is no such part. */
    private byte @Nullable [] decoded(Message message, List<Integer> part) throws IOException {
        Span span = Sections.find(message.known().layout(), part, FetchItem.Text.WHOLE);
        String encoding = Sections.encoding(message.known().layout(), part);
        if (span == null || encoding == null) {
            return null;
        }
        return Sections.decode(read(message, span), encoding);
    }
}
