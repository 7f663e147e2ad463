package cz.digidig.imap.protocol;

import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pulls commands from octets: lines, quoted strings, and literals as they come (RFC 9051 §4, §9). The token methods are
 * used by the {@code parse} methods of the commands.
 *
 * <p>A refused command never desynchronises the stream: what the client sends on its own (non-synchronising literals, RFC
 * 7888) is skipped, up to a limit. APPEND's message is left unread; {@link #readMessage} takes it.
 */
public final class CommandReader {
    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_TAG = 128;

    private final ByteSource source;
    private ReaderLimits limits = ReaderLimits.BEFORE_LOGIN;
    private boolean utf8;
    private byte[] line = NOTHING;
    private int at;
    private long total;
    private int depth;
    private @Nullable MessageLiteral pending;

    public CommandReader(ByteSource source) {
        this.source = source;
    }

    public void limits(ReaderLimits changed) {
        limits = changed;
    }

    public ReaderLimits limits() {
        return limits;
    }

    /** Mailbox names are UTF-8 from now on, not modified UTF-7 (RFC 9051 §5.1, RFC 6855 §3). */
    public void utf8(boolean enabled) {
        utf8 = enabled;
    }

    /**
     * The next command.
     *
     * @throws BadSyntax it is malformed; the reader stands before the next one
     * @throws Farewell a limit was passed in a way after which the connection can't go on
     */
    public Request next() throws IOException {
        finish();
        line = NOTHING;
        byte[] first = source.readLine(limits.line());
        line = first;
        at = 0;
        total = first.length;
        depth = 0;
        String tag = "*";
        try {
            tag = tag();
            space();
            return new Request(tag, ImapCommand.parse(this));
        } catch (BadSyntax bad) {
            skipRest();
            throw bad.forTag(tag);
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    /** One line outside a command's grammar: DONE, or a SASL response (RFC 9051 §6.2.2). */
    public byte[] continuation(int most) throws IOException {
        finish();
        line = NOTHING;
        return source.readLine(most);
    }

    /** Gives back buffers and skips what belongs to the command before and was not taken. */
    public void finish() throws IOException {
        MessageLiteral left = pending;
        pending = null;
        if (left != null && left.unsynchronised()) {
            skip(left.size());
            line = source.readLine(limits.line());
            skipRest();
        }
        line = NOTHING;
    }

    // Literals

    /** The message of an APPEND that was announced; {@link #readMessage} reads it. */
    MessageLiteral messageLiteral() {
        boolean binary = accept('~');
        Announced announced = announced();
        MessageLiteral message = new MessageLiteral(announced.size(), announced.unsynchronised(), binary);
        pending = message;
        return message;
    }

    /**
     * Reads APPEND's message and the end of the command.
     *
     * @param closing what must stand behind the literal, {@code ")"} for UTF8 (RFC 6855 §4)
     */
    public void readMessage(MessageLiteral message, OutputStream sink, String closing) throws IOException {
        pending = null;
        if (!message.unsynchronised()) {
            source.requestLiteral();
        }
        source.readExactly(message.size(), sink);
        line = source.readLine(limits.line());
        at = 0;
        if (!new String(line, StandardCharsets.ISO_8859_1).strip().equals(closing)) {
            skipRest();
            throw bad("One message in each APPEND, and nothing behind it");
        }
        line = NOTHING;
    }

    private record Announced(long size, boolean unsynchronised) {}

    /** <code>{n}</code> or <code>{n+}</code>, which must end the line. */
    private Announced announced() {
        expect('{');
        long size = number64();
        boolean unsynchronised = accept('+');
        expect('}');
        if (at != line.length) {
            throw bad("A literal's size must end the line");
        }
        return new Announced(size, unsynchronised);
    }

    private byte[] literal() {
        int start = at;
        Announced announced = announced();
        long size = announced.size();
        if (size > limits.literal() || total + size > limits.command()) {
            at = start;
            throw bad("Literal longer than " + limits.literal() + " octets");
        }
        if (announced.unsynchronised() && size > limits.unsynchronised()) {
            at = start;
            throw bad("Non-synchronising literal longer than " + limits.unsynchronised() + " octets");
        }
        try {
            if (!announced.unsynchronised()) {
                source.requestLiteral();
            }
            line = NOTHING;
            ByteArrayOutputStream octets = new ByteArrayOutputStream((int) size);
            source.readExactly(size, octets);
            line = source.readLine(limits.line());
            at = 0;
            total += size + line.length;
            if (total > limits.command()) {
                throw bad("Command longer than " + limits.command() + " octets");
            }
            byte[] result = octets.toByteArray();
            for (byte octet : result) {
                if (octet == 0) {
                    throw bad("NUL in a literal");
                }
            }
            return result;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Skips the literals that follow a line without waiting for us (RFC 7888 §4). */
    private void skipRest() throws IOException {
        while (true) {
            Optional<Long> following = unsynchronisedAtEnd(line);
            if (following.isEmpty()) {
                line = NOTHING;
                return;
            }
            skip(following.get());
            line = source.readLine(limits.line());
        }
    }

    private void skip(long count) throws IOException {
        total += count;
        if (count > limits.skipped() || total > limits.skipped()) {
            throw new Farewell(ResponseCode.Plain.TOOBIG, "Literal too long");
        }
        source.readExactly(count, OutputStream.nullOutputStream());
    }

    private static Optional<Long> unsynchronisedAtEnd(byte[] line) {
        int end = line.length - 1;
        if (end < 3 || line[end] != '}' || line[end - 1] != '+') {
            return Optional.empty();
        }
        int start = end - 2;
        while (start >= 0 && line[start] >= '0' && line[start] <= '9') {
            start--;
        }
        int digits = end - 2 - start;
        if (start < 0 || line[start] != '{' || digits < 1) {
            return Optional.empty();
        }
        return Optional.of(
                digits > 18
                        ? Long.MAX_VALUE / 4
                        : Long.parseLong(new String(line, start + 1, digits, StandardCharsets.US_ASCII)));
    }

    // Tokens

    BadSyntax bad(String text) {
        return new BadSyntax(text + " (at octet " + at + ")");
    }

    /** The next octet of the line; -1 at its end. */
    int peek() {
        return at < line.length ? line[at] & 0xff : -1;
    }

    boolean atEnd() {
        return at >= line.length;
    }

    boolean accept(char wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!accept(wanted)) {
            throw bad("Expected '" + wanted + "'");
        }
    }

    /** One SP; more are a client's slip and do no harm. */
    void space() {
        expect(' ');
        while (accept(' ')) {}
    }

    /** A SP, if one is there. */
    boolean acceptSpace() {
        boolean found = false;
        while (accept(' ')) {
            found = true;
        }
        return found;
    }

    void end() {
        acceptSpace();
        if (!atEnd()) {
            throw bad("Unexpected text at the end of the command");
        }
    }

    /** Opens a parenthesis, or another level of nesting. */
    void enter() {
        if (++depth > limits.nesting()) {
            throw bad("Nested deeper than " + limits.nesting());
        }
    }

    void leave() {
        depth--;
    }

    private String tag() {
        int start = at;
        while (at < line.length && isAstringOctet(line[at] & 0xff) && line[at] != '+') {
            at++;
        }
        int length = at - start;
        if (length == 0 || length > MOST_TAG) {
            at = start;
            throw bad("A command starts with a tag");
        }
        return new String(line, start, length, StandardCharsets.US_ASCII);
    }

    /** An atom in upper case: a keyword of the protocol. */
    String keyword() {
        return atom().toUpperCase(Locale.ROOT);
    }

    String atom() {
        int start = at;
        while (at < line.length && isAtomOctet(line[at] & 0xff)) {
            at++;
        }
        if (at == start) {
            throw bad("Expected an atom");
        }
        return new String(line, start, at - start, StandardCharsets.US_ASCII);
    }

    /** A keyword made of letters, digits, dots and hyphens only, as names of FETCH items are; it may be empty. */
    String word() {
        int start = at;
        while (at < line.length && (isLetterOrDigit(line[at]) || line[at] == '.' || line[at] == '-')) {
            at++;
        }
        return new String(line, start, at - start, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    }

    /** The next three octets. */
    String word3() {
        if (at + 3 > line.length) {
            throw bad("Expected a month");
        }
        at += 3;
        return new String(line, at - 3, 3, StandardCharsets.ISO_8859_1);
    }

    /** Takes this keyword where it stands next, in any case. */
    boolean acceptWord(String keyword) {
        int end = at + keyword.length();
        if (end > line.length || (end < line.length && isAtomOctet(line[end] & 0xff))) {
            return false;
        }
        for (int i = 0; i < keyword.length(); i++) {
            if (Character.toUpperCase((char) (line[at + i] & 0xff)) != keyword.charAt(i)) {
                return false;
            }
        }
        at = end;
        return true;
    }

    byte[] astringOctets() {
        int next = peek();
        if (next == '"' || next == '{') {
            return stringOctets();
        }
        int start = at;
        while (at < line.length && isAstringOctet(line[at] & 0xff)) {
            at++;
        }
        if (at == start) {
            throw bad("Expected a string");
        }
        return java.util.Arrays.copyOfRange(line, start, at);
    }

    String astring() {
        return decode(astringOctets());
    }

    /** As {@link #astring}, with {@code %} and {@code *} (RFC 9051 §9 list-mailbox). */
    MailboxName pattern() {
        int next = peek();
        if (next == '"' || next == '{') {
            return name(stringOctets());
        }
        int start = at;
        while (at < line.length
                && (isAstringOctet(line[at] & 0xff) || line[at] == '%' || line[at] == '*' || line[at] < 0)) {
            at++;
        }
        if (at == start) {
            throw bad("Expected a mailbox pattern");
        }
        return name(java.util.Arrays.copyOfRange(line, start, at));
    }

    byte[] stringOctets() {
        if (peek() == '{') {
            return literal();
        }
        expect('"');
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            if (atEnd()) {
                throw bad("A quoted string is not closed");
            }
            byte octet = line[at++];
            if (octet == '"') {
                return octets.toByteArray();
            }
            if (octet == '\\') {
                if (atEnd()) {
                    throw bad("A quoted string is not closed");
                }
                octet = line[at++];
            }
            if (octet == 0 || octet == '\r' || octet == '\n') {
                throw bad("NUL, CR or LF in a quoted string");
            }
            octets.write(octet);
        }
    }

    String string() {
        return decode(stringOctets());
    }

    /** A string, or null for NIL. */
    @Nullable
    String nstring() {
        return acceptWord("NIL") ? null : string();
    }

    MailboxName mailbox() {
        return name(astringOctets());
    }

    private MailboxName name(byte[] octets) {
        return utf8 ? MailboxName.of(decode(octets)) : MailboxName.decode(decode(octets), this::bad);
    }

    private String decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw bad("A string is not UTF-8");
        }
    }

    long number64() {
        int start = at;
        long value = 0;
        while (at < line.length && line[at] >= '0' && line[at] <= '9') {
            if (at - start >= 18) {
                throw bad("A number is too large");
            }
            value = value * 10 + (line[at++] - '0');
        }
        if (at == start) {
            throw bad("Expected a number");
        }
        return value;
    }

    /** 0 to 4294967295. */
    long number() {
        long value = number64();
        if (value > 0xFFFF_FFFFL) {
            throw bad("A number is too large");
        }
        return value;
    }

    SequenceSet sequenceSet() {
        return SequenceSet.parse(this, limits.ranges());
    }

    static boolean isAtomOctet(int octet) {
        return octet > ' ' && octet < 0x7f && "(){%*\"\\]".indexOf(octet) < 0;
    }

    static boolean isAstringOctet(int octet) {
        return octet == ']' || isAtomOctet(octet);
    }

    private static boolean isLetterOrDigit(byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
    }
}
