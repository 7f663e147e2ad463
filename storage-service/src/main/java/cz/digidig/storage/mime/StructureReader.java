package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message in one pass over its lines (RFC 2046 §5.1). The line end before a boundary belongs to the
 * boundary; a boundary of an outer multipart ends all inside; a line that is a boundary and nothing else counts for the
 * innermost multipart that has it, and a line that only begins with one for the longest.
 */
final class StructureReader {
    private final byte[] octets;
    private final MimeLimits limits;
    private final int limit;
    private final List<byte[]> boundaries = new ArrayList<>();

    /** Where the next line begins, and how many lines are behind. */
    private int at;

    private int linesBehind;
    private int partsSeen;

    /** The boundary line at {@link #at}: which of {@link #boundaries}; -1: none. And what it is. */
    private int hit = -1;

    private boolean closing;

    private StructureReader(byte[] octets, MimeLimits limits) {
        this.octets = octets;
        this.limits = limits;
        this.limit = octets.length;
    }

    static MimePart read(byte[] octets, MimeLimits limits) {
        return new StructureReader(octets, limits).part(false, 0);
    }

    /** Reads the message's header alone. */
    static Header header(byte[] octets, MimeLimits limits) {
        Header header = new Header(octets, limits);
        new StructureReader(octets, limits).readHeader(header);
        return header;
    }

    /** Reads a part that begins here, up to the boundary line that ends it (which is left to be read) or the end. */
    private MimePart part(boolean insideDigest, int depth) {
        partsSeen++;
        MimePart part = new MimePart(new Header(octets, limits), at);
        readHeader(part.header);
        part.bodyStart = at;
        part.describe(insideDigest, limits);
        int linesBefore = linesBehind;
        if (part.isMultipart()) {
            readMultipart(part, depth);
        } else if (part.isMessage() && depth < limits.depth() && partsSeen <= limits.parts()) {
            part.message = hit >= 0 ? emptyPart(at) : part(false, depth + 1);
        } else {
            if (part.isMessage()) {
                part.makeOpaque();
            }
            skipToBoundary();
        }
        finish(part, linesBefore);
        return part;
    }

    private void readMultipart(MimePart part, int depth) {
        byte @Nullable [] boundary = boundaryOf(part);
        if (boundary == null || depth >= limits.depth() || partsSeen > limits.parts()) {
            if (boundary == null) {
                part.makePlain();
            } else {
                part.makeOpaque();
            }
            skipToBoundary();
            return;
        }
        int own = boundaries.size();
        boundaries.add(boundary);
        // A boundary of an outer multipart may have ended the header already; then there is no body.
        if (hit < 0) {
            skipToBoundary();
        }
        boolean digest = part.subtype.equalsIgnoreCase("digest");
        while (hit == own && !closing) {
            skipBoundaryLine();
            if (at < limit && atBoundary() && hit == own) {
                // Two boundary lines in a row have no part between them: each needs a line end of its own before it.
                continue;
            }
            if (partsSeen >= limits.parts()) {
                boundaries.removeLast();
                part.parts.add(rest());
                return;
            }
            part.parts.add(part(digest, depth + 1));
        }
        boundaries.removeLast();
        if (hit == own) {
            skipBoundaryLine();
            skipToBoundary();
        }
    }

    /** What is left of a multipart with too many parts, as one leaf. */
    private MimePart rest() {
        MimePart part = new MimePart(new Header(octets, limits), at);
        part.bodyStart = at;
        part.makeOpaque();
        int linesBefore = linesBehind;
        skipToBoundary();
        finish(part, linesBefore);
        return part;
    }

    private MimePart emptyPart(int offset) {
        MimePart part = new MimePart(new Header(octets, limits), offset);
        part.bodyStart = offset;
        part.end = offset;
        return part;
    }

    private void finish(MimePart part, int linesBefore) {
        int end = at;
        int lines = linesBehind - linesBefore;
        if (hit >= 0 && at > part.bodyStart) {
            end = at - 1;
            lines--;
            if (end > part.bodyStart && octets[end - 1] == '\r') {
                end--;
            }
        }
        // A last child without a body ends at the boundary line itself.
        int inner = part.message != null ? part.message.end : part.parts.isEmpty() ? 0 : part.parts.getLast().end;
        part.end = Math.max(end, inner);
        part.lines = Math.max(0, lines);
        if (part.isMultipart() && part.parts.isEmpty()) {
            // IMAP has no multipart without parts (RFC 9051 §9, body-type-mpart).
            part.parts.add(emptyPart(part.end));
        }
    }

    private byte @Nullable [] boundaryOf(MimePart part) {
        String boundary = part.parameter("boundary");
        if (boundary == null) {
            boundary = ParameterText.decoded(part.parameters, "boundary");
        }
        if (boundary == null) {
            return null;
        }
        int end = boundary.length();
        while (end > 0 && (boundary.charAt(end - 1) == ' ' || boundary.charAt(end - 1) == '\t')) {
            end--;
        }
        return end == 0 || end > limits.boundaryLength()
                ? null
                : boundary.substring(0, end).getBytes(ISO_8859_1);
    }

    /** Reads fields up to the empty line, a boundary, or a first line that is no field: then there is no header. */
    private void readHeader(Header header) {
        boolean inField = false;
        boolean any = false;
        hit = -1;
        while (at < limit) {
            if (atBoundary()) {
                return;
            }
            int start = at;
            byte first = octets[start];
            if (first == '\n' || (first == '\r' && start + 1 < limit && octets[start + 1] == '\n')) {
                skipLine();
                return;
            }
            if (first == ' ' || first == '\t') {
                if (!any) {
                    return;
                }
                skipLine();
                if (inField) {
                    header.extendTo(at);
                }
                continue;
            }
            int colon = colonAfterName(start);
            if (colon < 0) {
                if (!any && !isSeparatorLine(start)) {
                    return;
                }
                skipLine();
                inField = false;
                continue;
            }
            skipLine();
            any = true;
            inField = header.size() < limits.fields();
            if (inField) {
                int nameEnd = colon;
                while (octets[nameEnd - 1] == ' ' || octets[nameEnd - 1] == '\t') {
                    nameEnd--;
                }
                header.add(start, nameEnd, colon + 1, at);
            }
        }
    }

    /** The colon behind a field name (RFC 5322 §2.2, white space before it as in §4.5.1); -1: not a field. */
    private int colonAfterName(int start) {
        int i = start;
        while (i < limit && octets[i] > ' ' && octets[i] < 0x7F && octets[i] != ':') {
            i++;
        }
        int nameEnd = i;
        while (i < limit && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
        return nameEnd > start && i < limit && octets[i] == ':' ? i : -1;
    }

    /** A line with which a mailbox file separates messages; it stands before some headers by mistake. */
    private boolean isSeparatorLine(int start) {
        int i = octets[start] == '>' ? start + 1 : start;
        return limit - i >= 5
                && octets[i] == 'F'
                && octets[i + 1] == 'r'
                && octets[i + 2] == 'o'
                && octets[i + 3] == 'm'
                && octets[i + 4] == ' ';
    }

    /** Goes on to the next boundary line, or to the end. */
    private void skipToBoundary() {
        if (hit >= 0 && hit < boundaries.size()) {
            return;
        }
        hit = -1;
        while (at < limit) {
            if (atBoundary()) {
                return;
            }
            skipLine();
        }
    }

    private void skipBoundaryLine() {
        skipLine();
        hit = -1;
    }

    private void skipLine() {
        byte[] line = octets;
        int end = limit;
        int i = at;
        while (i < end && line[i] != '\n') {
            i++;
        }
        if (i < end) {
            i++;
            linesBehind++;
        }
        at = i;
    }

    /** Whether a line that is a boundary begins here; if so, sets which. */
    private boolean atBoundary() {
        if (boundaries.isEmpty() || octets[at] != '-' || at + 2 >= limit || octets[at + 1] != '-') {
            return false;
        }
        int longest = -1;
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            byte[] boundary = boundaries.get(i);
            int end = at + 2 + boundary.length;
            if (!begins(boundary, at + 2)) {
                continue;
            }
            boolean dashes = end + 1 < limit && octets[end] == '-' && octets[end + 1] == '-';
            if (blankLine(end) || (dashes && blankLine(end + 2))) {
                hit = i;
                closing = !blankLine(end);
                return true;
            }
            if (longest < 0 || boundary.length > boundaries.get(longest).length) {
                longest = i;
                closing = dashes;
            }
        }
        if (longest < 0) {
            return false;
        }
        hit = longest;
        return true;
    }

    private boolean begins(byte[] boundary, int from) {
        if (limit - from < boundary.length) {
            return false;
        }
        for (int i = 0; i < boundary.length; i++) {
            if (octets[from + i] != boundary[i]) {
                return false;
            }
        }
        return true;
    }

    /** Only transport padding up to the line's end (RFC 2046 §5.1.1). Bounded, so that a bomb of blanks stays linear. */
    private boolean blankLine(int from) {
        int i = from;
        int most = Math.min(limit, from + limits.boundaryLength());
        while (i < most && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
        if (i >= limit) {
            return true;
        }
        return octets[i] == '\n' || (octets[i] == '\r' && i + 1 < limit && octets[i + 1] == '\n');
    }
}
