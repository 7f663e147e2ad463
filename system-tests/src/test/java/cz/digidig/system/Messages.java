package cz.digidig.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Messages for the tests, and what the tests ask of a message's octets. */
public final class Messages {
    /** Header fields that delivery adds above a message (RFC 5321 §4.4, RFC 8601). */
    private static final Set<String> TRACE =
            Set.of("return-path", "received", "delivered-to", "received-spf", "authentication-results", "x-digidig");

    private Messages() {}

    /** A small message whose id and subject are {@code name}; the body has dots, 8-bit octets and blank lines. */
    public static byte[] simple(String sender, String recipient, String name) {
        return """
            From: Sender <%s>
            To: <%s>
            Subject: %s
            Message-ID: <%s@client.example>
            Date: Tue, 24 Nov 2026 08:00:00 +0100
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Příliš žluťoučký kůň.
            .
            ..two dots begin this line

            The end: %s
            """.formatted(sender, recipient, name, name, name)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** CRLF made of every bare LF. */
    static byte[] crlf(byte[] octets) {
        ByteArrayOutputStream result = new ByteArrayOutputStream(octets.length + octets.length / 20);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                result.write('\r');
            }
            result.write(octets[i]);
        }
        return result.toByteArray();
    }

    /** LF made of every CRLF, as programs that keep mail in files do. */
    static byte[] lf(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With the CRLF at its end that DATA can't do without (RFC 5321 §4.1.1.4). */
    static byte[] endedByCrlf(byte[] octets) {
        int length = octets.length;
        if (length >= 2 && octets[length - 2] == '\r' && octets[length - 1] == '\n') {
            return octets;
        }
        byte[] ended = Arrays.copyOf(octets, length + 2);
        ended[length] = '\r';
        ended[length + 1] = '\n';
        return ended;
    }

    /**
     * What stands above {@code original} in {@code delivered}, when that is nothing but trace header fields.
     *
     * @throws AssertionError if the original isn't there octet for octet, or something else was added
     */
    static String traceAbove(byte[] original, byte[] delivered) {
        int added = delivered.length - original.length;
        if (added < 0 || !Arrays.equals(delivered, added, delivered.length, original, 0, original.length)) {
            throw new AssertionError("delivered (" + delivered.length + " octets) does not end with what was sent ("
                    + original.length + " octets):\n" + new String(delivered, StandardCharsets.ISO_8859_1));
        }
        String trace = new String(delivered, 0, added, StandardCharsets.ISO_8859_1);
        for (String line : trace.split("\r\n", -1)) {
            boolean continued = line.startsWith(" ") || line.startsWith("\t");
            if (!line.isEmpty()
                    && !continued
                    && !TRACE.contains(line.replaceFirst(":.*", "").toLowerCase(Locale.ROOT))) {
                throw new AssertionError("added above the message: " + line);
            }
        }
        return trace;
    }
}
