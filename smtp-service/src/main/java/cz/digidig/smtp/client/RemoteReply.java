package cz.digidig.smtp.client;

import cz.digidig.common.net.LineReader;
import cz.digidig.common.net.LineTooLong;
import cz.digidig.smtp.protocol.EnhancedStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's reply (RFC 5321 §4.2).
 *
 * @param code the three digits
 * @param lines the text of each line, without code and line end, control characters replaced
 */
record RemoteReply(int code, List<String> lines) {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 128;
    private static final int MOST_OCTETS = 32 * 1024;

    RemoteReply {
        lines = List.copyOf(lines);
    }

    /** What is no reply, or has no end. */
    static final class Unreadable extends IOException {
        Unreadable(String why) {
            super(why);
        }
    }

    /**
     * Reads one, however many lines it has within reason.
     *
     * @throws Unreadable it is not a reply; the connection is of no use any more
     */
    static RemoteReply read(LineReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        int code = 0;
        int octets = 0;
        while (true) {
            byte[] line;
            try {
                line = in.nextLine(LONGEST_LINE).octets();
            } catch (LineTooLong tooLong) {
                throw new Unreadable("a reply line of more than " + LONGEST_LINE + " octets");
            }
            int found = code(line);
            if (code != 0 && found != code) {
                throw new Unreadable("a reply with two codes, " + code + " and " + found);
            }
            code = found;
            octets += line.length;
            lines.add(line.length > 4 ? printable(line) : "");
            if (line.length == 3 || line[3] == ' ') {
                return new RemoteReply(code, lines);
            }
            if (line[3] != '-') {
                throw new Unreadable("not a reply: " + printableWhole(line));
            }
            if (lines.size() >= MOST_LINES || octets > MOST_OCTETS) {
                throw new Unreadable("a reply without an end");
            }
        }
    }

    private static int code(byte[] line) throws Unreadable {
        boolean digits = line.length >= 3;
        for (int i = 0; digits && i < 3; i++) {
            digits = line[i] >= '0' && line[i] <= '9';
        }
        if (!digits || line[0] < '2' || line[0] > '5') {
            throw new Unreadable("not a reply: " + printableWhole(line));
        }
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    }

    private static String printable(byte[] line) {
        return clean(new String(line, 4, line.length - 4, StandardCharsets.UTF_8));
    }

    private static String printableWhole(byte[] line) {
        String text = clean(new String(line, StandardCharsets.UTF_8));
        return text.substring(0, Math.min(text.length(), 200));
    }

    private static String clean(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    boolean positive() {
        return code < 300;
    }

    boolean intermediate() {
        return code >= 300 && code < 400;
    }

    boolean transientFailure() {
        return code >= 400 && code < 500;
    }

    boolean lasting() {
        return code >= 500;
    }

    /** The server's own enhanced code where it gave one of the right kind, else the general one of its kind. */
    EnhancedStatus status() {
        int kind = code / 100;
        return EnhancedStatus.startOf(lines.getLast())
                .filter(status -> status.kind() == kind)
                .orElse(new EnhancedStatus(kind == 3 ? 4 : kind, 0, 0));
    }

    /** As it came. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            text.append(code).append(last ? ' ' : '-').append(lines.get(i)).append(last ? "" : "\n");
        }
        return text.toString();
    }
}
