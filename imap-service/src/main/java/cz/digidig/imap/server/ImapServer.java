package cz.digidig.imap.server;

import cz.digidig.common.net.ConnectionLimits;
import cz.digidig.common.net.TcpListener;
import cz.digidig.common.net.TlsContext;
import cz.digidig.imap.command.CommandDispatcher;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.settings.ImapListener;
import cz.digidig.imap.settings.ImapSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The listeners. A changed configuration moves only those that it changes; sessions go on with what they began with. */
public final class ImapServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final byte[] BUSY =
            "* BYE [UNAVAILABLE] Too many connections; try again soon\r\n".getBytes(StandardCharsets.US_ASCII);

    private final CommandDispatcher dispatcher;
    private final MailboxSnapshotCache snapshots;
    private final TlsContext tls;
    private final ImapMetrics metrics;
    private final OpenSessions sessions = new OpenSessions();
    private final ReentrantLock lock = new ReentrantLock();
    private Map<ImapListener, TcpListener> open = new LinkedHashMap<>();
    private volatile ImapSettings settings;

    /** Nothing is bound before {@link #apply}. */
    public ImapServer(
            CommandDispatcher dispatcher,
            MailboxSnapshotCache snapshots,
            ImapSettings settings,
            TlsContext tls,
            MeterRegistry registry) {
        this.dispatcher = dispatcher;
        this.snapshots = snapshots;
        this.settings = settings;
        this.tls = tls;
        this.metrics = new ImapMetrics(registry, sessions);
    }

    /**
     * Opens what is new, then closes what is gone.
     *
     * @throws IOException a listener can't be bound; everything stays as it was
     */
    public void apply(ImapSettings wanted) throws IOException {
        lock.lock();
        try {
            // The limits of connections belong to a listener, so that it moves with them.
            boolean limitsStay = wanted.maxConnections() == settings.maxConnections()
                    && wanted.maxConnectionsPerAddress() == settings.maxConnectionsPerAddress();
            Map<ImapListener, TcpListener> next = new LinkedHashMap<>();
            List<ImapListener> left = new ArrayList<>();
            try {
                for (ImapListener listener : wanted.listeners()) {
                    if (!listener.enabled()) {
                        continue;
                    }
                    TcpListener running = limitsStay ? open.get(listener) : null;
                    if (running == null) {
                        leave(listener.port(), left);
                        running = bind(listener, wanted);
                    }
                    next.put(listener, running);
                }
            } catch (IOException failed) {
                next.values().stream()
                        .filter(listener -> !open.containsValue(listener))
                        .forEach(listener -> listener.close(Duration.ZERO));
                for (ImapListener listener : left) {
                    TcpListener again = bind(listener, settings);
                    again.start();
                    open.put(listener, again);
                }
                throw failed;
            }
            settings = wanted;
            next.values().stream()
                    .filter(listener -> !open.containsValue(listener))
                    .forEach(TcpListener::start);
            open.values().stream()
                    .filter(listener -> !next.containsValue(listener))
                    .forEach(ImapServer::retire);
            open = next;
        } finally {
            lock.unlock();
        }
    }

    /** Frees a port that a changed listener keeps. */
    private void leave(int port, List<ImapListener> left) {
        open.forEach((listener, running) -> {
            if (port != 0 && listener.port() == port && !left.contains(listener)) {
                running.stopAccepting();
                left.add(listener);
            }
        });
    }

    private TcpListener bind(ImapListener listener, ImapSettings wanted) throws IOException {
        ConnectionLimits limits = new ConnectionLimits(
                wanted.maxConnections(),
                wanted.maxConnectionsPerAddress(),
                Duration.ofSeconds(wanted.loginTime()),
                HANDSHAKE);
        return TcpListener.open(
                listener.socket(),
                limits,
                tls,
                connection -> new ImapConnection(
                                connection, listener, dispatcher, snapshots, settings.limits(), metrics, sessions)
                        .run(),
                BUSY);
    }

    private static void retire(TcpListener listener) {
        listener.stopAccepting();
        Thread.ofVirtual().name("retire-" + listener.settings().name()).start(() -> listener.close(GRACE));
    }

    /** The port that a listener is bound to. */
    public int port(String name) {
        lock.lock();
        try {
            return open.entrySet().stream()
                    .filter(entry -> entry.getKey().name().equals(name))
                    .mapToInt(entry -> entry.getValue().port())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no listener is open by the name " + name));
        } finally {
            lock.unlock();
        }
    }

    /** Those that are open. */
    public OpenSessions sessions() {
        return sessions;
    }

    /** Takes leave of all sessions. */
    @Override
    public void close() {
        lock.lock();
        try {
            List<Thread> leaving = open.values().stream()
                    .map(listener -> Thread.ofVirtual().start(() -> listener.close(GRACE)))
                    .toList();
            for (Thread thread : leaving) {
                thread.join();
            }
            open = new LinkedHashMap<>();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
