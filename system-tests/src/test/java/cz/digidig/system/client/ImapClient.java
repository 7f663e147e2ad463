package cz.digidig.system.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One IMAP conversation (RFC 9051) that waits for each command's end. */
public final class ImapClient implements Closeable {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");
    private static final Pattern APPEND_UID = Pattern.compile("\\[APPENDUID \\d+ (\\d+)\\]");

    private final Wire wire;
    private int commands;

    private ImapClient(Wire wire) {
        this.wire = wire;
    }

    /**
     * One response.
     *
     * @param text with every literal's octets left out (its {@code {n}} stays)
     * @param literals those octets
     * @param whole as it came, octets as ISO 8859-1, without the last CRLF
     */
    public record Line(String text, List<byte[]> literals, String whole) {
        /** The items of a FETCH response by name, as they came. */
        public Map<String, String> fetchItems() {
            return FetchItems.read(whole);
        }

        /** The only literal, or the octets of the quoted string that ends the line's one FETCH item. */
        public byte[] octets() {
            if (!literals.isEmpty()) {
                return literals.getFirst();
            }
            int start = text.indexOf('"');
            return text.substring(start + 1, text.lastIndexOf('"'))
                    .replaceAll("\\\\(.)", "$1")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a command led to: its untagged responses, and the status line without the tag. */
    public record Answer(List<Line> untagged, String status) {
        public boolean ok() {
            return status.toUpperCase(Locale.ROOT).startsWith("OK");
        }

        /** The responses whose text has these words. */
        public List<Line> with(String words) {
            return untagged.stream().filter(line -> line.text().contains(words)).toList();
        }
    }

    /** Connects and reads the greeting. */
    public static ImapClient open(int port, boolean tls) throws IOException {
        ImapClient client = new ImapClient(Wire.open(port, tls));
        try {
            String greeting = client.wire.readLine();
            if (!greeting.startsWith("* OK")) {
                throw new IOException("greeted by \"" + greeting + "\"");
            }
            return client;
        } catch (IOException failure) {
            client.close();
            throw failure;
        }
    }

    public Wire wire() {
        return wire;
    }

    public void login(String user, String password) throws IOException {
        expectOk("LOGIN \"" + user + "\" \"" + password + "\"");
    }

    /** Selects a mailbox; the answer is the number of messages in it. */
    public int select(String mailbox) throws IOException {
        Answer answer = expectOk("SELECT \"" + mailbox + "\"");
        String exists = answer.with(" EXISTS").getFirst().text();
        return Integer.parseInt(exists.split(" ", -1)[1]);
    }

    public Answer expectOk(String command) throws IOException {
        Answer answer = command(command);
        if (!answer.ok()) {
            throw new IOException(command.split(" ", 2)[0] + ": " + answer.status());
        }
        return answer;
    }

    public Answer command(String command) throws IOException {
        String tag = nextTag();
        wire.writeLine(tag + " " + command);
        return read(tag);
    }

    /** Appends by a synchronising literal; a refusal may come before or after the octets. */
    public Answer append(String mailbox, byte[] message) throws IOException {
        String tag = nextTag();
        wire.writeLine(tag + " APPEND \"" + mailbox + "\" {" + message.length + "}");
        List<Line> untagged = new ArrayList<>();
        while (true) {
            Line line = readResponse();
            if (line.text().startsWith("+")) {
                wire.write(message);
                wire.writeLine("");
            } else if (line.text().startsWith(tag + " ")) {
                return new Answer(untagged, line.text().substring(tag.length() + 1));
            } else {
                untagged.add(line);
            }
        }
    }

    /** The UID that an APPEND's answer names (RFC 4315). */
    public static Optional<Long> appendedUid(Answer answer) {
        Matcher matcher = APPEND_UID.matcher(answer.status());
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** The octets of a message of the selected mailbox. */
    public byte[] fetch(long uid) throws IOException {
        List<Line> lines = expectOk("UID FETCH " + uid + " (BODY.PEEK[])").with("BODY[]");
        if (lines.size() != 1) {
            throw new IOException("UID " + uid + ": " + lines);
        }
        return lines.getFirst().octets();
    }

    /** Every UID of the selected mailbox, rising. */
    public List<Long> uids() throws IOException {
        List<Long> uids = new ArrayList<>();
        for (Line line : expectOk("UID SEARCH ALL").with("* SEARCH")) {
            for (String word :
                    line.text().substring("* SEARCH".length()).strip().split(" ", -1)) {
                if (!word.isEmpty()) {
                    uids.add(Long.valueOf(word));
                }
            }
        }
        return uids;
    }

    /** Begins IDLE (RFC 2177); responses come by {@link #readResponse}, {@link #endIdle} ends it. */
    public String beginIdle() throws IOException {
        String tag = nextTag();
        wire.writeLine(tag + " IDLE");
        Line line = readResponse();
        while (!line.text().startsWith("+")) {
            if (line.text().startsWith(tag)) {
                throw new IOException("IDLE: " + line);
            }
            line = readResponse();
        }
        return tag;
    }

    public Answer endIdle(String tag) throws IOException {
        wire.writeLine("DONE");
        return read(tag);
    }

    private Answer read(String tag) throws IOException {
        List<Line> untagged = new ArrayList<>();
        while (true) {
            Line line = readResponse();
            if (line.text().startsWith(tag + " ")) {
                return new Answer(untagged, line.text().substring(tag.length() + 1));
            }
            untagged.add(line);
        }
    }

    /** The next response, whatever it is. */
    public Line readResponse() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder whole = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        while (true) {
            String line = wire.readLine();
            text.append(line);
            whole.append(line);
            Matcher literal = LITERAL.matcher(line);
            if (!literal.find()) {
                return new Line(text.toString(), literals, whole.toString());
            }
            byte[] octets = wire.readExactly(Integer.parseInt(literal.group(1)));
            literals.add(octets);
            whole.append("\r\n").append(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    private String nextTag() {
        commands++;
        return "a" + commands;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
