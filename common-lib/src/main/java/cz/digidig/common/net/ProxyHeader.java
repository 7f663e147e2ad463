package cz.digidig.common.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proxy puts before a connection's first octet (the PROXY protocol of HAProxy, versions 1 and 2): whom it speaks
 * for. Not an octet more is read.
 */
final class ProxyHeader {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    /** The longest line of version 1, line end included (§2.1). */
    private static final int LONGEST_LINE = 107;
    /** Of version 2, behind its first 16 octets: addresses, and extensions that are stepped over. */
    private static final int LONGEST_REST = 4096;

    private final InputStream in;
    private final Socket socket;
    private final long end;

    private ProxyHeader(Socket socket, Duration limit) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Reads one.
     *
     * @param limit how long it may take in all
     * @return the client's address; empty: the proxy speaks for itself, or does not know
     * @throws IOException there is none, or it is malformed or late: close the connection
     */
    static Optional<InetAddress> read(Socket socket, Duration limit) throws IOException {
        ProxyHeader header = new ProxyHeader(socket, limit);
        byte[] start = header.take(WORD.length);
        if (Arrays.equals(start, WORD)) {
            return header.versionOne();
        }
        if (Arrays.equals(start, Arrays.copyOf(SIGNATURE, start.length))) {
            return header.versionTwo();
        }
        throw new IOException("no PROXY header");
    }

    private byte[] take(int count) throws IOException {
        byte[] octets = new byte[count];
        for (int at = 0; at < count; ) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new DeadlinePassed("PROXY header");
            }
            socket.setSoTimeout(Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE));
            try {
                int got = in.read(octets, at, count - at);
                if (got < 0) {
                    throw new EOFException("within the PROXY header");
                }
                at += got;
            } catch (SocketTimeoutException late) {
                throw new DeadlinePassed("PROXY header");
            }
        }
        return octets;
    }

    /** {@code PROXY TCP4 192.0.2.1 198.51.100.1 56324 25}, or {@code PROXY UNKNOWN} and anything. */
    private Optional<InetAddress> versionOne() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r' || line.charAt(line.length() - 1) != '\n') {
            if (line.length() >= LONGEST_LINE - WORD.length) {
                throw new IOException("the PROXY line has no end");
            }
            line.append((char) (take(1)[0] & 0xff));
        }
        String[] words = line.substring(0, line.length() - 2).split(" ", -1);
        if (words[0].equals("UNKNOWN")) {
            return Optional.empty();
        }
        boolean four = words[0].equals("TCP4");
        if (words.length != 5 || !(four || words[0].equals("TCP6")) || !port(words[3]) || !port(words[4])) {
            throw new IOException("a malformed PROXY line");
        }
        address(words[2], four);
        return Optional.of(address(words[1], four));
    }

    private static boolean port(String text) {
        return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
    }

    private static InetAddress address(String text, boolean four) throws IOException {
        if (text.contains(":") == four) {
            throw new IOException("a PROXY line with an address of the other family");
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notOne) {
            throw new IOException("a PROXY line without an address", notOne);
        }
    }

    private Optional<InetAddress> versionTwo() throws IOException {
        byte[] signature = take(SIGNATURE.length - WORD.length);
        byte[] fixed = take(4);
        boolean signed = Arrays.equals(signature, Arrays.copyOfRange(SIGNATURE, WORD.length, SIGNATURE.length));
        int length = ((fixed[2] & 0xff) << 8) | (fixed[3] & 0xff);
        if (!signed || (fixed[0] & 0xf0) != 0x20 || (fixed[0] & 0x0f) > 1 || length > LONGEST_REST) {
            throw new IOException("a malformed PROXY header");
        }
        byte[] rest = take(length);
        boolean local = (fixed[0] & 0x0f) == 0;
        int octets =
                switch (fixed[1]) {
                    case 0x11 -> 4;
                    case 0x21 -> 16;
                    default -> 0;
                };
        if (local || octets == 0) {
            return Optional.empty();
        }
        if (length < 2 * octets + 4) {
            throw new IOException("a PROXY header without its addresses");
        }
        return Optional.of(InetAddress.getByAddress(Arrays.copyOf(rest, octets)));
    }
}
