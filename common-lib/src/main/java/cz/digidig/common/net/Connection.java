package cz.digidig.common.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** One peer's connection. Its own virtual thread alone reads and writes. */
public final class Connection implements Closeable {
    /** How long a write of at most 64 KB may stall. */
    private static final Duration MOST_WRITE = Duration.ofMinutes(2);
    /** At close, input that the peer is still sending is read and dropped, lest a reset destroy the last reply. */
    private static final int MOST_DRAINED = 1024 * 1024;

    private static final Duration MOST_DRAINING = Duration.ofSeconds(2);

    private final String id;
    private final Socket socket;
    private final InetAddress client;
    private final TlsContext tls;
    private final Duration handshakeLimit;
    private final LineReader in;
    private final ConnectionOutput out;
    /** Held while the thread goes to rest or wakes, and while the shutdown hook writes in its place. */
    private final ReentrantLock turn = new ReentrantLock();

    private boolean resting;
    private boolean farewellSaid;
    private Runnable farewell = () -> {};

    private Socket stream;
    private InputStream input;
    private Duration readDeadline;
    private volatile boolean secure;
    private volatile boolean closing;
    private volatile boolean cut;
    private volatile long handshakeStarted;
    private final AtomicLong received = new AtomicLong();

    Connection(String id, Socket socket, InetAddress client, TlsContext tls, ConnectionLimits limits)
            throws IOException {
        this.id = id;
        this.socket = socket;
        this.client = client;
        this.stream = socket;
        this.tls = tls;
        this.handshakeLimit = limits.tlsHandshake();
        this.readDeadline = limits.idle();
        this.input = socket.getInputStream();
        this.in = new LineReader(this::read);
        this.out = new ConnectionOutput(socket.getOutputStream());
    }

    /** Unique over restarts; for logs and traces. */
    public String id() {
        return id;
    }

    /** The client's, also where it came through a proxy. */
    public InetAddress remoteAddress() {
        return client;
    }

    /** Octets that came so far, without those of TLS itself. */
    public long received() {
        return received.get();
    }

    /** Octets that were sent so far, without those of TLS itself. */
    public long sent() {
        return out.sent();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    /** Whether TLS protects what is read and written now. */
    public boolean secure() {
        return secure;
    }

    /** Whether the listener is shutting down: finish what is under way and take nothing new. */
    public boolean closing() {
        return closing;
    }

    /** What TLS was agreed on; empty in clear text. */
    public Optional<SSLSession> tlsSession() {
        return stream instanceof SSLSocket encrypted && secure ? Optional.of(encrypted.getSession()) : Optional.empty();
    }

    public LineReader in() {
        return in;
    }

    /** Buffered: nothing is sent before {@code flush()} or about 16 KB. */
    public OutputStream out() {
        return out;
    }

    /**
     * How long one call of the reader may wait from now on: a line as a whole, a run of octets for its next part.
     */
    public void readDeadline(Duration deadline) {
        readDeadline = deadline;
    }

    /**
     * What to say to the peer when the listener shuts down (421, BYE), in place of whatever was said before. It is run
     * once: at once by another thread while the connection waits for a new line, else by its own thread when it asks for
     * the next line. Either way nobody else writes meanwhile, unless the protocol writes while its line reader waits.
     * Then the reader throws {@link EndOfStream}.
     */
    public void onShutdown(Runnable words) {
        turn.lock();
        try {
            farewell = words;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Begins TLS as the server. Flush the go-ahead before.
     *
     * @throws IOException the handshake failed; or there are unread octets, which someone between may have put there
     *     (RFC 3207 §6): close the connection
     */
    public void startTls() throws IOException {
        if (secure) {
            throw new IllegalStateException("TLS is active");
        }
        if (in.hasBuffered()) {
            throw new IOException("clear-text octets behind the TLS request");
        }
        handshakeStarted = System.nanoTime() | 1;
        try {
            socket.setSoTimeout(timeout(handshakeLimit.toNanos()));
            SSLSocket encrypted =
                    (SSLSocket) tls.sslContext().getSocketFactory().createSocket(socket, null, true);
            encrypted.setUseClientMode(false);
            encrypted.setEnabledProtocols(tls.protocols());
            encrypted.startHandshake();
            stream = encrypted;
            input = encrypted.getInputStream();
            out.redirect(encrypted.getOutputStream());
            secure = true;
        } catch (IOException failed) {
            if (cut || failed instanceof SocketTimeoutException) {
                throw new DeadlinePassed("TLS handshake");
            }
            throw failed;
        } finally {
            handshakeStarted = 0;
        }
    }

    private int read(byte[] into, int offset, int length, long started, boolean atRest) throws IOException {
        long left = readDeadline.toNanos() - (System.nanoTime() - started);
        if (left <= 0) {
            throw new DeadlinePassed("read");
        }
        if (atRest) {
            goToRest();
        }
        int count;
        try {
            stream.setSoTimeout(timeout(left));
            count = input.read(into, offset, length);
        } catch (SocketTimeoutException late) {
            throw new DeadlinePassed("read");
        } catch (IOException failed) {
            if (closing) {
                throw new EndOfStream();
            }
            throw failed;
        } finally {
            if (atRest) {
                wake();
            }
        }
        if (count < 0 || (atRest && saidFarewell())) {
            throw new EndOfStream();
        }
        received.addAndGet(count);
        return count;
    }

    private void goToRest() throws EndOfStream {
        turn.lock();
        try {
            if (closing) {
                sayFarewell();
                throw new EndOfStream();
            }
            resting = true;
        } finally {
            turn.unlock();
        }
    }

    private void wake() {
        turn.lock();
        try {
            resting = false;
        } finally {
            turn.unlock();
        }
    }

    private boolean saidFarewell() {
        turn.lock();
        try {
            return farewellSaid;
        } finally {
            turn.unlock();
        }
    }

    private void sayFarewell() {
        if (!farewellSaid) {
            farewellSaid = true;
            farewell.run();
        }
    }

    /**
     * Takes leave of the peer by the words of {@link #onShutdown}, as when the listener shuts down: at once, or when its
     * thread asks for the next line. May wait for a slow peer: to be run on a thread of its own.
     */
    public void shutDown() throws IOException {
        closing = true;
        turn.lock();
        try {
            if (resting) {
                sayFarewell();
                // Ends the read that its own thread waits in.
                socket.shutdownInput();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Cuts the connection off where a handshake or a write takes too long. */
    void sweep(long now) {
        long handshake = handshakeStarted;
        long write = out.writeStarted();
        if ((handshake != 0 && now - handshake > handshakeLimit.toNanos())
                || (write != 0 && now - write > MOST_WRITE.toNanos())) {
            cut();
        }
    }

    /** Ends the connection at once, whatever its thread is doing. */
    public void cut() {
        cut = true;
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }

    /** Sends what is buffered and closes. */
    @Override
    public void close() {
        try {
            if (!socket.isClosed() && !cut) {
                out.flush();
                if (!secure) {
                    drain();
                }
            }
            stream.close();
        } catch (IOException _) {
            // The peer is gone; nothing is lost that could be saved.
        } finally {
            cut();
        }
    }

    private void drain() throws IOException {
        if (socket.isInputShutdown() || input.available() == 0) {
            return;
        }
        socket.shutdownOutput();
        socket.setSoTimeout(timeout(MOST_DRAINING.toNanos()));
        long started = System.nanoTime();
        byte[] dropped = new byte[8192];
        int left = MOST_DRAINED;
        while (left > 0 && System.nanoTime() - started < MOST_DRAINING.toNanos()) {
            int count = input.read(dropped);
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    private static int timeout(long nanos) {
        return Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE);
    }
}
