package cz.digidig.smtp.client;

import cz.digidig.common.net.LineReader;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a server. Its guard, a thread of its own, closes the socket when a step takes too long: reads, writes
 * and handshakes alike, and also where the other side sends just enough to look alive.
 */
final class RemoteConnection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteConnection.class);
    private static final long LOOK_EVERY = Duration.ofMillis(250).toNanos();
    private static final int BUFFER = 16 * 1024;

    private final Socket socket;
    private Socket stream;
    private LineReader in;
    private OutputStream out;
    /** What is under way; null: nothing. */
    private final AtomicReference<@Nullable Step> step = new AtomicReference<>();

    private volatile boolean timedOut;
    private volatile boolean closed;
    private final Thread guard;

    /** Something that has an end, by {@link System#nanoTime()}, and what happens then. */
    private record Step(long end, Runnable atEnd) {}

    private RemoteConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.stream = socket;
        this.in = new LineReader(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        this.guard = Thread.ofVirtual().name("outbound-guard").unstarted(this::watch);
    }

    /**
     * Connects.
     *
     * @param source the address to connect from; null: the system chooses
     */
    static RemoteConnection open(RemoteHost host, @Nullable InetAddress source, Duration limit) throws IOException {
        Socket socket = new Socket();
        try {
            if (source != null) {
                socket.bind(new InetSocketAddress(source, 0));
            }
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host.address(), host.port()), Math.toIntExact(limit.toMillis()));
            RemoteConnection connection = new RemoteConnection(socket);
            connection.guard.start();
            return connection;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private void watch() {
        while (!closed) {
            Step current = step.get();
            long left = current == null ? LOOK_EVERY : current.end() - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(Math.min(left, LOOK_EVERY));
            } else if (current != null && step.compareAndSet(current, null)) {
                current.atEnd().run();
            }
        }
    }

    private void cut() {
        timedOut = true;
        close();
    }

    /** The next step may take so long. */
    void within(Duration limit) {
        step.set(new Step(System.nanoTime() + limit.toNanos(), this::cut));
    }

    /** Nothing is under way; after a while something else is to happen, on the guard's thread. */
    void restFor(Duration limit, Runnable then) {
        step.set(new Step(System.nanoTime() + limit.toNanos(), then));
    }

    /** Begins TLS as the client. */
    void startTls(RemoteHost host, TlsClient tls, Duration limit) throws IOException {
        if (in.hasBuffered()) {
            // Somebody between may have put them there (RFC 3207 §6).
            throw new IOException("clear-text octets behind the TLS request");
        }
        within(limit);
        SSLSocket encrypted = (SSLSocket) tls.context(host.security().verified())
                .getSocketFactory()
                .createSocket(socket, host.name(), host.port(), true);
        encrypted.setUseClientMode(true);
        if (host.security().verified()) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
        }
        encrypted.startHandshake();
        stream = encrypted;
        in = new LineReader(encrypted.getInputStream());
        out = new BufferedOutputStream(encrypted.getOutputStream(), BUFFER);
    }

    /** {@code TLSv1.3}, or the like; empty in clear text. */
    String protection() {
        return stream instanceof SSLSocket encrypted ? encrypted.getSession().getProtocol() : "";
    }

    LineReader in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    boolean isClosed() {
        return closed;
    }

    /** What went wrong, for people. */
    String reason(IOException failure) {
        if (timedOut || failure instanceof SocketTimeoutException) {
            return "timed out";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Closes at once: TLS's own farewell could wait for a server that does not read. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(guard);
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.debug("a connection was gone already: {}", gone.getMessage());
        }
    }
}
