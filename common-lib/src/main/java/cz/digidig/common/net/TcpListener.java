package cz.digidig.common.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections and gives each a virtual thread. */
public final class TcpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int BACKLOG = 1024;
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** How long threads get to notice that their socket was closed. */
    private static final Duration AFTER_CUT = Duration.ofSeconds(1);
    /** What makes connection ids of two runs differ. */
    private static final String RUN = HexFormat.of().toHexDigits(new SecureRandom().nextInt(), 6);

    private static final AtomicLong COUNTER = new AtomicLong();

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final TlsContext tls;
    private final ConnectionHandler handler;
    private final byte[] refusal;
    private final ServerSocket server;
    private final Permits permits;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneLess = lock.newCondition();

    private TcpListener(
            ListenerSettings settings,
            ConnectionLimits limits,
            TlsContext tls,
            ConnectionHandler handler,
            byte[] refusal,
            ServerSocket server) {
        this.settings = settings;
        this.limits = limits;
        this.tls = tls;
        this.handler = handler;
        this.refusal = refusal.clone();
        this.server = server;
        this.permits = new Permits(limits);
    }

    /**
     * Binds; {@link #start()} begins to accept.
     *
     * @param refusal sent before closing when no permit is left (not under implicit TLS)
     * @throws IOException the address can't be bound; the message names it
     */
    public static TcpListener open(
            ListenerSettings settings,
            ConnectionLimits limits,
            TlsContext tls,
            ConnectionHandler handler,
            byte[] refusal)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(settings.address()), settings.port()), BACKLOG);
        } catch (IOException failed) {
            server.close();
            throw new IOException(
                    "listener " + settings.name() + " can't bind " + settings.address() + ":" + settings.port() + ": "
                            + failed.getMessage(),
                    failed);
        }
        return new TcpListener(settings, limits, tls, handler, refusal, server);
    }

    /** Begins to accept. To be called once. */
    public void start() {
        Thread.ofVirtual().name("accept-" + settings.name()).start(this::acceptAll);
        Thread.ofVirtual().name("sweep-" + settings.name()).start(this::sweepAll);
        LOG.info("listener {} accepts on {}:{}", settings.name(), settings.address(), port());
    }

    public ListenerSettings settings() {
        return settings;
    }

    /** The port that it is bound to. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections there are. */
    public int connections() {
        return permits.taken();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                accepted(server.accept());
            } catch (IOException failed) {
                if (!server.isClosed()) {
                    // No file descriptors left, most likely: the ones in use must end first.
                    LOG.atWarn().setCause(failed).log("listener {} can't accept", settings.name());
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
        }
    }

    private void accepted(Socket socket) throws IOException {
        InetAddress address = socket.getInetAddress();
        if (!permits.take(address)) {
            refuse(socket);
            return;
        }
        String id = RUN + "-" + Long.toString(COUNTER.incrementAndGet(), Character.MAX_RADIX);
        Thread.ofVirtual().name(settings.name() + "-" + id).start(() -> run(id, socket, address));
    }

    private void refuse(Socket socket) {
        try (socket) {
            LOG.debug("listener {} refuses {}: no permit left", settings.name(), socket.getInetAddress());
            if (settings.tls() != TlsMode.IMPLICIT) {
                socket.getOutputStream().write(refusal);
            }
        } catch (IOException _) {
            // It would have been refused anyway.
        }
    }

    /** The whole life of a connection; the only place where its permit is given back. */
    private void run(String id, Socket socket, InetAddress address) {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            try (Connection connection = new Connection(id, socket, tls, limits)) {
                serve(connection);
            }
        } catch (IOException failed) {
            LOG.debug("connection {} of {} ended: {}", id, settings.name(), failed.toString());
        } finally {
            permits.giveBack(address);
            signal();
        }
    }

    private void serve(Connection connection) throws IOException {
        connections.add(connection);
        try {
            if (server.isClosed()) {
                return;
            }
            if (settings.tls() == TlsMode.IMPLICIT) {
                connection.startTls();
            }
            handler.serve(connection);
        } catch (RuntimeException | Error bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("connection", connection.id())
                    .log("unexpected failure in a connection of {}", settings.name());
        } finally {
            connection.close();
            connections.remove(connection);
        }
    }

    private void signal() {
        lock.lock();
        try {
            oneLess.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sweepAll() {
        long pause = Math.min(SWEEP.toNanos(), limits.tlsHandshake().toNanos() / 4);
        while (!server.isClosed() || !connections.isEmpty()) {
            LockSupport.parkNanos(pause);
            long now = System.nanoTime();
            connections.forEach(connection -> connection.sweep(now));
        }
    }

    /** Frees the port; open connections go on. */
    public void stopAccepting() {
        try {
            server.close();
        } catch (IOException failed) {
            LOG.debug("closing listener {}: {}", settings.name(), failed.toString());
        }
    }

    /** Stops accepting, takes leave of the connections, waits until they have ended, and cuts those that have not. */
    public void close(Duration grace) {
        stopAccepting();
        for (Connection connection : connections) {
            Thread.ofVirtual().name("leave-" + connection.id()).start(() -> takeLeave(connection));
        }
        if (!awaitEnd(grace)) {
            LOG.info("listener {} cuts {} connections", settings.name(), connections.size());
            connections.forEach(Connection::cut);
            awaitEnd(AFTER_CUT);
        }
    }

    @Override
    public void close() {
        close(GRACE);
    }

    private static void takeLeave(Connection connection) {
        try {
            connection.shutDown();
        } catch (IOException | RuntimeException failed) {
            LOG.debug("taking leave of {}: {}", connection.id(), failed.toString());
            connection.cut();
        }
    }

    private boolean awaitEnd(Duration most) {
        long left = most.toNanos();
        lock.lock();
        try {
            while (permits.taken() > 0) {
                if (left <= 0) {
                    return false;
                }
                left = oneLess.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
