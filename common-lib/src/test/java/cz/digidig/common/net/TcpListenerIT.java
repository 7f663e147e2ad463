package cz.digidig.common.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpListenerIT {
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(10, 10, Duration.ofSeconds(20), Duration.ofSeconds(10));

    @TempDir
    private Path data;

    private TlsContext tls;
    private final BlockingQueue<String> ended = new ArrayBlockingQueue<>(100);

    @BeforeEach
    void createKey() throws IOException {
        tls = TlsContext.fromFolder(data, "mail.example.org");
    }

    private @Nullable TcpListener listener;

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close(Duration.ZERO);
        }
    }

    private TcpListener open(TlsMode mode, ConnectionLimits limits, ConnectionHandler handler) throws IOException {
        TcpListener opened = TcpListener.open(
                new ListenerSettings("test", "127.0.0.1", 0, mode),
                limits,
                tls,
                connection -> {
                    try {
                        handler.serve(connection);
                    } catch (IOException end) {
                        ended.add(end.getClass().getSimpleName());
                        throw end;
                    }
                },
                "full\r\n".getBytes(US_ASCII));
        opened.start();
        listener = opened;
        return opened;
    }

    /** Echoes lines; {@code tls} begins TLS. */
    private static void echo(Connection connection) throws IOException {
        connection.onShutdown(() -> say(connection, "bye"));
        while (true) {
            String line = new String(connection.in().readLine(1000), US_ASCII);
            if (line.equals("tls")) {
                say(connection, "go");
                connection.startTls();
            } else {
                say(connection, line);
            }
        }
    }

    private static void say(Connection connection, String line) {
        try {
            connection.out().write((line + "\r\n").getBytes(US_ASCII));
            connection.out().flush();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static Socket connect(TcpListener listener) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static SSLSocket encrypt(Socket socket) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
        encrypted.startHandshake();
        return encrypted;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    @Test
    void linesGoBothWaysPipelined() throws Exception {
        try (Socket socket = connect(open(TlsMode.NONE, LIMITS, TcpListenerIT::echo))) {
            send(socket, "one\r\ntwo\r\nthr");
            BufferedReader in = reader(socket);
            assertThat(in.readLine()).isEqualTo("one");
            assertThat(in.readLine()).isEqualTo("two");
            send(socket, "ee\r\n");
            assertThat(in.readLine()).isEqualTo("three");
        }
        assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("EndOfStream");
    }

    @Test
    void tlsBeginsInMidConnection() throws Exception {
        try (Socket socket = connect(open(TlsMode.STARTTLS, LIMITS, TcpListenerIT::echo))) {
            send(socket, "tls\r\n");
            assertThat(reader(socket).readLine()).isEqualTo("go");
            try (SSLSocket encrypted = encrypt(socket)) {
                send(encrypted, "secret\r\n");
                assertThat(reader(encrypted).readLine()).isEqualTo("secret");
                X509Certificate certificate =
                        (X509Certificate) encrypted.getSession().getPeerCertificates()[0];
                assertThat(certificate.getSubjectAlternativeNames().toString())
                        .contains("mail.example.org", "localhost", "127.0.0.1");
            }
        }
    }

    @Test
    void clearTextBehindTheTlsRequestEndsTheConnection() throws Exception {
        try (Socket socket = connect(open(TlsMode.STARTTLS, LIMITS, TcpListenerIT::echo))) {
            send(socket, "tls\r\ninjected\r\n");
            assertThat(reader(socket).readLine()).isEqualTo("go");
            assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("IOException");
        }
    }

    @Test
    void implicitTlsIsEncryptedFromTheStart() throws Exception {
        try (SSLSocket socket = encrypt(connect(open(TlsMode.IMPLICIT, LIMITS, TcpListenerIT::echo)))) {
            send(socket, "hello\r\n");
            assertThat(reader(socket).readLine()).isEqualTo("hello");
        }
    }

    @Test
    void aChangedKeyIsUsedWithoutARestart() throws Exception {
        TcpListener opened = open(TlsMode.IMPLICIT, LIMITS, TcpListenerIT::echo);
        Path other = Files.createDirectory(data.resolve("other"));
        TlsContext.fromFolder(other, "new.example.org");
        Files.copy(
                other.resolve("tls.p12"), data.resolve("tls.p12"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                other.resolve("tls.password"),
                data.resolve("tls.password"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        tls.reload();
        try (SSLSocket socket = encrypt(connect(opened))) {
            assertThat(socket.getSession().getPeerPrincipal().getName()).contains("new.example.org");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls.password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aConnectionWithoutAPermitIsRefusedWithWords() throws Exception {
        TcpListener opened = open(
                TlsMode.NONE,
                new ConnectionLimits(10, 1, Duration.ofSeconds(20), Duration.ofSeconds(5)),
                TcpListenerIT::echo);
        try (Socket first = connect(opened);
                Socket second = connect(opened)) {
            send(first, "here\r\n");
            assertThat(reader(first).readLine()).isEqualTo("here");
            assertThat(reader(second).readLine()).isEqualTo("full");
        }
        assertThat(ended.poll(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aLineThatTricklesInIsCutOffAtItsDeadline() throws Exception {
        TcpListener opened = open(
                TlsMode.NONE,
                new ConnectionLimits(10, 10, Duration.ofMillis(500), Duration.ofSeconds(5)),
                TcpListenerIT::echo);
        try (Socket socket = connect(opened)) {
            for (int i = 0; i < 40 && ended.isEmpty(); i++) {
                try {
                    send(socket, "x");
                } catch (IOException _) {
                    break;
                }
                String end = ended.poll(50, TimeUnit.MILLISECONDS);
                if (end != null) {
                    ended.add(end);
                }
            }
            assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("DeadlinePassed");
        }
    }

    @Test
    void aHandshakeThatTricklesInIsCutOff() throws Exception {
        TcpListener opened = open(
                TlsMode.STARTTLS,
                new ConnectionLimits(10, 10, Duration.ofSeconds(20), Duration.ofMillis(600)),
                TcpListenerIT::echo);
        try (Socket socket = connect(opened)) {
            send(socket, "tls\r\n");
            assertThat(reader(socket).readLine()).isEqualTo("go");
            byte[] hello = {0x16, 3, 1, 1, 0, 1};
            String end = null;
            for (int i = 0; i < 60 && end == null; i++) {
                try {
                    socket.getOutputStream().write(hello[Math.min(i, 5)]);
                } catch (IOException _) {
                    break;
                }
                end = ended.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(end != null ? end : ended.poll(5, TimeUnit.SECONDS)).isEqualTo("DeadlinePassed");
        }
    }

    @Test
    void aRestingConnectionHearsTheFarewellAtShutdown() throws Exception {
        TcpListener opened = open(TlsMode.STARTTLS, LIMITS, TcpListenerIT::echo);
        try (Socket clear = connect(opened);
                Socket socket = connect(opened)) {
            send(clear, "hello\r\n");
            BufferedReader in = reader(clear);
            assertThat(in.readLine()).isEqualTo("hello");
            send(socket, "tls\r\n");
            assertThat(reader(socket).readLine()).isEqualTo("go");
            SSLSocket encrypted = encrypt(socket);
            send(encrypted, "hello\r\n");
            BufferedReader secretIn = reader(encrypted);
            assertThat(secretIn.readLine()).isEqualTo("hello");

            opened.close(Duration.ofSeconds(10));

            assertThat(in.readLine()).isEqualTo("bye");
            assertThat(secretIn.readLine()).isEqualTo("bye");
            assertThat(in.readLine()).isNull();
            assertThat(opened.connections()).isZero();
            assertThatThrownBy(() -> connect(opened)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aBusyConnectionFinishesBeforeItHearsTheFarewell() throws Exception {
        BlockingQueue<String> started = new ArrayBlockingQueue<>(1);
        BlockingQueue<String> goOn = new ArrayBlockingQueue<>(1);
        TcpListener opened = open(TlsMode.NONE, LIMITS, connection -> {
            connection.onShutdown(() -> say(connection, "bye"));
            connection.in().readLine(100);
            started.add("yes");
            try {
                goOn.poll(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            say(connection, "done");
            connection.in().readLine(100);
        });
        try (Socket socket = connect(opened)) {
            send(socket, "work\r\n");
            assertThat(started.poll(5, TimeUnit.SECONDS)).isNotNull();
            Thread closer = Thread.ofVirtual().start(() -> opened.close(Duration.ofSeconds(10)));
            opened.stopAccepting();
            goOn.add("now");
            BufferedReader in = reader(socket);
            assertThat(in.readLine()).isEqualTo("done");
            assertThat(in.readLine()).isEqualTo("bye");
            assertThat(in.readLine()).isNull();
            closer.join();
        }
    }

    @Test
    void aConnectionThatDoesNotEndIsCutAfterTheGrace() throws Exception {
        TcpListener opened = open(TlsMode.NONE, LIMITS, connection -> {
            byte[] octets = new byte[100_000];
            while (true) {
                connection.out().write(octets);
            }
        });
        try (Socket socket = connect(opened)) {
            assertThat(socket.getInputStream().read()).isZero();
            opened.close(Duration.ofMillis(300));
            assertThat(opened.connections()).isZero();
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void aPortIsFreeAsSoonAsNobodyAcceptsThere() throws IOException {
        TcpListener first = open(TlsMode.NONE, LIMITS, TcpListenerIT::echo);
        int port = first.port();
        for (int i = 0; i < 20; i++) {
            first.stopAccepting();
            TcpListener next = TcpListener.open(
                    new ListenerSettings("next", "127.0.0.1", port, TlsMode.NONE),
                    LIMITS,
                    tls,
                    TcpListenerIT::echo,
                    new byte[0]);
            next.start();
            first = next;
        }
        first.close(Duration.ZERO);
    }
}
