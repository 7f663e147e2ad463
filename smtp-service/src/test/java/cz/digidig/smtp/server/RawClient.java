package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that sends exactly the octets it is told to. */
final class RawClient implements Closeable {
    private static final int PATIENCE = 10_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private RawClient(Socket socket) throws IOException {
        use(socket);
    }

    /** Connects and reads the greeting. */
    static RawClient connect(int port) throws IOException {
        RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
        assertThat(client.read()).startsWith("220 ");
        return client;
    }

    /** Connects under TLS and reads the greeting. */
    static RawClient connectTls(int port) throws IOException {
        RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
        client.startTls();
        assertThat(client.read()).startsWith("220 ");
        return client;
    }

    /** The version that a handshake ends with, where the client knows one alone. */
    static String tlsVersion(int port, String version) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(PATIENCE);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyone()}, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, port, true);
            tls.setEnabledProtocols(new String[] {version});
            tls.startHandshake();
            return tls.getSession().getProtocol();
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void startTls() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyone()}, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.startHandshake();
            use(tls);
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    RawClient send(String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** Sends a line and gives the reply's last line. */
    String say(String line) throws IOException {
        return send(line + "\r\n").read();
    }

    /** Sends a line and expects a code. */
    RawClient expect(String code, String line) throws IOException {
        assertThat(say(line)).as(line).startsWith(code);
        return this;
    }

    RawClient hello() throws IOException {
        return expect("250", "EHLO client.test");
    }

    RawClient logIn(String user, String password) throws IOException {
        String message = "\0" + user + "\0" + password;
        return expect(
                "235", "AUTH PLAIN " + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** The last line of a reply; empty at the end of the stream. */
    String read() throws IOException {
        while (true) {
            String line = readLine();
            if (line.length() < 4 || line.charAt(3) != '-') {
                return line;
            }
        }
    }

    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            line.write(octet);
            octet = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Whether the server has closed. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
