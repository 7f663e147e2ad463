package cz.digidig.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.net.TlsMode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends what it is told to, well-formed or not. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE = 15_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    RawClient(int port, TlsMode tls) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        if (tls == TlsMode.IMPLICIT) {
            startTls();
        }
    }

    void startTls() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            secure.startHandshake();
            socket = secure;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** The next line without CRLF, a literal at its end not followed; empty at the end of the stream: {@code <end>}. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                return "<end>";
            }
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(octet);
        }
    }

    /** Lines up to one that begins so; that one last. */
    List<String> expectTagged(String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        String tag = beginning.substring(0, beginning.indexOf(' ') + 1);
        String line;
        do {
            line = line();
            lines.add(line);
        } while (!line.startsWith(tag) && !line.equals("<end>") && !line.startsWith("* BYE"));
        assertThat(line).as(lines.toString()).startsWith(beginning);
        return lines;
    }

    /** Whether nothing more comes: the server has closed. */
    boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
