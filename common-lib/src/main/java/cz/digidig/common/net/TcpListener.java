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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    /** How long the accepting thread gets to notice that it is to end. */
    private static final Duration TO_STOP = Duration.ofSeconds(2);
    /** How long a proxy may take to say whom it speaks for. */
    private static final Duration PROXY_HEADER = Duration.ofSeconds(5);

    private final ListenerSettings settings;
    private final Supplier<Admission> admission;
    private final TlsContext tls;
    private final ConnectionHandler handler;
    private final byte[] refusal;
    private final ServerSocket server;
    private final Permits permits;
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable Thread> acceptor = new AtomicReference<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneLess = lock.newCondition();

    private TcpListener(
            ListenerSettings settings,
            Supplier<Admission> admission,
            TlsContext tls,
            ConnectionHandler handler,
            byte[] refusal,
            ServerSocket server) {
        this.settings = settings;
        this.admission = admission;
        this.tls = tls;
        this.handler = handler;
        this.refusal = refusal.clone();
        this.server = server;
        this.permits = new Permits(() -> admission.get().limits());
    }

    /** Binds, for clients that connect by themselves and have the same limits for ever. */
    public static TcpListener open(
            ListenerSettings settings,
            ConnectionLimits limits,
            TlsContext tls,
            ConnectionHandler handler,
            byte[] refusal)
            throws IOException {
        return open(settings, () -> new Admission(limits, ProxySources.NONE), tls, handler, refusal);
    }

    /**
     * Binds; {@link #start()} begins to accept.
     *
     * @param admission who may connect, as it is now
     * @param refusal sent before closing when no permit is left (not under implicit TLS)
     * @throws IOException the address can't be bound; the message names it
     */
    public static TcpListener open(
            ListenerSettings settings,
            Supplier<Admission> admission,
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
        return new TcpListener(settings, admission, tls, handler, refusal, server);
    }

    /** Begins to accept. To be called once. */
    public void start() {
        acceptor.set(Thread.ofVirtual().name("accept-" + settings.name()).start(this::acceptAll));
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

    /** How many were refused: no permit was left, or they came past the proxy. */
    public long refused() {
        return refused.sum();
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
        InetAddress peer = socket.getInetAddress();
        ProxySources proxies = admission.get().proxies();
        if (proxies.expected() && !proxies.trusts(peer)) {
            refused.increment();
            LOG.debug("listener {} has no trust in {} as a proxy", settings.name(), peer);
            socket.close();
            return;
        }
        boolean permitted = proxies.expected() ? permits.takePlace() : permits.take(peer);
        if (!permitted) {
            refuse(socket, peer);
            return;
        }
        String id = RUN + "-" + Long.toString(COUNTER.incrementAndGet(), Character.MAX_RADIX);
        Thread.ofVirtual().name(settings.name() + "-" + id).start(() -> {
            if (proxies.expected()) {
                runBehindProxy(id, socket, peer);
            } else {
                run(id, socket, peer);
            }
        });
    }

    private void refuse(Socket socket, InetAddress address) {
        refused.increment();
        try (socket) {
            LOG.debug("listener {} refuses {}: no permit left", settings.name(), address);
            if (settings.tls() != TlsMode.IMPLICIT) {
                socket.getOutputStream().write(refusal);
            }
        } catch (IOException _) {
            // It would have been refused anyway.
        }
    }

    /** Its place is taken already; the client's own permit is taken when the proxy has said who that is. */
    private void runBehindProxy(String id, Socket socket, InetAddress proxy) {
        Optional<InetAddress> client = Optional.empty();
        try {
            InetAddress announced = ProxyHeader.read(socket, PROXY_HEADER).orElse(proxy);
            if (permits.admit(announced)) {
                client = Optional.of(announced);
            } else {
                refuse(socket, announced);
            }
        } catch (IOException bad) {
            refused.increment();
            LOG.debug("listener {} can't tell whom {} speaks for: {}", settings.name(), proxy, bad.toString());
        }
        if (client.isPresent()) {
            run(id, socket, client.get());
            return;
        }
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        } finally {
            permits.giveBackPlace();
            signal();
        }
    }

    /** The whole life of a connection whose client is known; the only place where its permit is given back. */
    private void run(String id, Socket socket, InetAddress client) {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            try (Connection connection =
                    new Connection(id, socket, client, tls, admission.get().limits())) {
                serve(connection);
            }
        } catch (IOException failed) {
            LOG.debug("connection {} of {} ended: {}", id, settings.name(), failed.toString());
        } finally {
            permits.giveBack(client);
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
        while (!server.isClosed() || !connections.isEmpty()) {
            long handshake = admission.get().limits().tlsHandshake().toNanos();
            long pause = Math.min(SWEEP.toNanos(), handshake / 4);
            LockSupport.parkNanos(pause);
            long now = System.nanoTime();
            connections.forEach(connection -> connection.sweep(now));
        }
    }

    /** Frees the port; open connections go on. */
    public void stopAccepting() {
        try {
            server.close();
            // The port is in use as long as somebody waits in accept().
            Thread waiting = acceptor.get();
            if (waiting != null && !waiting.join(TO_STOP)) {
                LOG.warn("listener {} still holds its port", settings.name());
            }
        } catch (IOException failed) {
            LOG.debug("closing listener {}: {}", settings.name(), failed.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
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
