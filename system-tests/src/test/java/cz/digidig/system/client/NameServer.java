package cz.digidig.system.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server on loopback that knows the addresses that it was told; everything else does not exist (RFC 1035). */
public final class NameServer implements Closeable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int ANSWER = 0x8180;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();

    public NameServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    /** Where it is, as settings name it. */
    public String place() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** A name has an IPv4 address from now on. */
    public void address(String name, String address) {
        addresses.put(name, InetAddress.ofLiteral(address));
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(buffer);
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException failed) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        for (int length = question[at]; length > 0; length = question[at]) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
            at += length + 1;
        }
        int type = question[at + 1] << 8 | question[at + 2];
        InetAddress address = addresses.get(name.toString());
        boolean found = address != null && type == TYPE_A;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.write(question, 0, 2);
        out.writeShort(address == null ? ANSWER | NO_SUCH_NAME : ANSWER);
        out.writeShort(1);
        out.writeShort(found ? 1 : 0);
        out.writeInt(0);
        out.write(question, HEADER, at + 5 - HEADER);
        if (address != null && found) {
            out.writeShort(0xC000 | HEADER); // the name in the question
            out.writeShort(TYPE_A);
            out.writeShort(1);
            out.writeInt(0);
            out.writeShort(address.getAddress().length);
            out.write(address.getAddress());
        }
        return octets.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
