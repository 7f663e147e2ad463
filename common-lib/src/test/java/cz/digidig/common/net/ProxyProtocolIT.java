package cz.digidig.common.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol, versions 1 and 2, and what limits and trust make of it. */
class ProxyProtocolIT {
    private static final ProxySources LOOPBACK =
            new ProxySources(true, List.of(Network.parse("127.0.0.0/8").orElseThrow()));
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    @TempDir
    private Path data;

    private @Nullable TcpListener listener;
    private volatile Admission admission = admission(10, 10, 0, LOOPBACK);

    private static Admission admission(int total, int perAddress, int perMinute, ProxySources proxies) {
        return new Admission(
                new ConnectionLimits(total, perAddress, perMinute, Duration.ofSeconds(20), Duration.ofSeconds(5)),
                proxies);
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close(Duration.ZERO);
        }
    }

    /** A server that says whom it sees, then echoes a line. */
    private int open() throws IOException {
        TcpListener opened = TcpListener.open(
                new ListenerSettings("test", "127.0.0.1", 0, TlsMode.NONE),
                () -> admission,
                TlsContext.fromFolder(data, "mail.example.org"),
                connection -> {
                    say(connection, connection.remoteAddress().getHostAddress());
                    say(connection, new String(connection.in().readLine(100), ISO_8859_1));
                },
                "full\r\n".getBytes(ISO_8859_1));
        opened.start();
        listener = opened;
        return opened.port();
    }

    private static void say(Connection connection, String line) throws IOException {
        connection.out().write((line + "\r\n").getBytes(ISO_8859_1));
        connection.out().flush();
    }

    /** All that the server answers to some octets, until it closes. */
    private static String exchange(int port, byte[] octets) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(octets);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25, 192.0.2.7",
        "PROXY TCP6 2001:db8::7 2001:db8::1 1 65535, 2001:db8:0:0:0:0:0:7",
        "PROXY UNKNOWN, 127.0.0.1",
        "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535, 127.0.0.1"
    })
    void versionOneSaysWhoseConnectionItIs(String header, String client) throws IOException {
        assertThat(exchange(open(), octets(header + "\r\nhello\r\n"))).isEqualTo(client + "\r\nhello\r\n");
    }

    private static byte[] versionTwo(int command, int family, byte[] addresses, String after) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets(SIGNATURE));
        out.write(new byte[] {
            (byte) (0x20 | command), (byte) family, (byte) (addresses.length >> 8), (byte) addresses.length
        });
        out.write(addresses);
        out.write(octets(after));
        return out.toByteArray();
    }

    @Test
    void soDoesVersionTwo() throws IOException {
        int port = open();
        byte[] four = {(byte) 192, 0, 2, 8, 127, 0, 0, 1, 1, 2, 0, 25};
        assertThat(exchange(port, versionTwo(1, 0x11, four, "a\r\n"))).isEqualTo("192.0.2.8\r\na\r\n");
        byte[] six = new byte[36 + 5];
        six[15] = 9;
        six[36] = 4; // An extension of two octets, to be stepped over.
        six[38] = 2;
        assertThat(exchange(port, versionTwo(1, 0x21, six, "b\r\n"))).isEqualTo("0:0:0:0:0:0:0:9\r\nb\r\n");
        assertThat(exchange(port, versionTwo(0, 0, new byte[0], "c\r\n")))
                .as("the proxy looks after its own health")
                .isEqualTo("127.0.0.1\r\nc\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO me\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n",
                "PROXY TCP4 evil.example 198.51.100.1 1 2\r\n",
                "PROXY TCP5 192.0.2.7 198.51.100.1 1 2\r\n",
                "\r\n\r\n\0\r\nQUIT\n\41\21\0\4abcd",
                "\r\n\r\n\0\r\nQUIT\n\61\21\0\0",
                "\r\n\r\n\0\r\nQUIT\n\41\21\377\377"
            })
    void whatIsNoHeaderGetsNoSession(String text) throws IOException {
        assertThat(exchange(open(), octets(text))).isEmpty();
    }

    @Test
    void aLineWithoutAnEndGetsNoSession() throws IOException {
        assertThat(exchange(open(), octets("PROXY TCP4 " + "1".repeat(200)))).isEmpty();
    }

    @Test
    void onlyTrustedProxiesAreHeard() throws IOException {
        admission = admission(
                10,
                10,
                0,
                new ProxySources(true, List.of(Network.parse("192.0.2.0/24").orElseThrow())));
        int port = open();
        assertThat(exchange(port, octets("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\nx\r\n")))
                .isEmpty();
        admission = admission(10, 10, 0, LOOPBACK);
        assertThat(exchange(port, octets("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\nx\r\n")))
                .as("a change counts from the next connection on")
                .startsWith("192.0.2.7");
    }

    @Test
    void limitsCountTheClientNotTheProxy() throws IOException {
        admission = admission(10, 1, 0, LOOPBACK);
        int port = open();
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port)) {
            first.setSoTimeout(10_000);
            first.getOutputStream().write(octets("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\n"));
            assertThat(first.getInputStream().read()).isEqualTo('1');
            assertThat(exchange(port, octets("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\nx\r\n")))
                    .isEqualTo("full\r\n");
            assertThat(exchange(port, octets("PROXY TCP4 192.0.2.9 198.51.100.1 1 2\r\nx\r\n")))
                    .startsWith("192.0.2.9");
        }
    }

    @Test
    void newConnectionsOfOneAddressAreCountedByTheMinute() throws IOException {
        admission = admission(10, 10, 2, ProxySources.NONE);
        int port = open();
        assertThat(exchange(port, octets("x\r\n"))).startsWith("127.0.0.1");
        assertThat(exchange(port, octets("x\r\n"))).startsWith("127.0.0.1");
        assertThat(exchange(port, octets(""))).isEqualTo("full\r\n");
        admission = admission(10, 10, 0, ProxySources.NONE);
        assertThat(exchange(port, octets("x\r\n"))).startsWith("127.0.0.1");
    }
}
