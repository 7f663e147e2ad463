package cz.digidig.smtp.server;

import cz.digidig.common.net.ConnectionLimits;
import cz.digidig.common.net.TcpListener;
import cz.digidig.common.net.TlsContext;
import cz.digidig.smtp.command.CommandDispatcher;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.MailListener;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners. A changed configuration moves only those that it changes; sessions go on with what they began with. */
public final class SmtpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final byte[] BUSY = SmtpReply.of(421, EnhancedStatus.CLOSING, "Too many connections; try again soon")
            .bytes();

    private final CommandDispatcher dispatcher;
    private final SmtpLimits limits;
    private final TlsContext tls;
    private final SmtpMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<MailListener, TcpListener> open = new LinkedHashMap<>();
    private volatile SmtpSettings settings;

    /** Nothing is bound before {@link #apply}. */
    public SmtpServer(
            CommandDispatcher dispatcher,
            SmtpSettings settings,
            SmtpLimits limits,
            TlsContext tls,
            MeterRegistry registry) {
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.limits = limits;
        this.tls = tls;
        this.metrics = new SmtpMetrics(registry);
    }

    /**
     * Opens what is new, then closes what is gone.
     *
     * @throws IOException a listener can't be bound; everything stays as it was
     */
    public void apply(SmtpSettings wanted) throws IOException {
        lock.lock();
        try {
            Map<MailListener, TcpListener> next = new LinkedHashMap<>();
            List<TcpListener> fresh = new ArrayList<>();
            List<TcpListener> replaced = new ArrayList<>();
            try {
                for (MailListener listener : wanted.listeners()) {
                    if (listener.enabled()) {
                        TcpListener running = open.get(listener);
                        if (running == null) {
                            running = bind(listener, replaced);
                            fresh.add(running);
                        }
                        next.put(listener, running);
                    }
                }
            } catch (IOException failed) {
                fresh.forEach(listener -> listener.close(Duration.ZERO));
                reopen(replaced);
                throw failed;
            }
            settings = wanted;
            fresh.forEach(TcpListener::start);
            open.values().stream()
                    .filter(listener -> !next.containsValue(listener))
                    .forEach(SmtpServer::retire);
            open = next;
        } finally {
            lock.unlock();
        }
    }

    /** One that only changes its name or mode keeps its port, so its predecessor has to leave it first. */
    private TcpListener bind(MailListener listener, List<TcpListener> replaced) throws IOException {
        for (Map.Entry<MailListener, TcpListener> former : open.entrySet()) {
            boolean samePort = listener.port() != 0 && former.getKey().port() == listener.port();
            if (samePort && !replaced.contains(former.getValue())) {
                former.getValue().stopAccepting();
                replaced.add(former.getValue());
            }
        }
        ConnectionLimits connections = new ConnectionLimits(
                limits.connections(), limits.connectionsPerAddress(), limits.commandIdle(), limits.tlsHandshake());
        return TcpListener.open(
                listener.socket(),
                connections,
                tls,
                connection -> new SmtpConversation(
                                new SmtpSession(connection, listener, settings, limits), dispatcher, metrics)
                        .run(),
                BUSY);
    }

    private void reopen(List<TcpListener> replaced) throws IOException {
        List<MailListener> lost = new ArrayList<>();
        open.forEach((listener, running) -> {
            if (replaced.contains(running)) {
                lost.add(listener);
            }
        });
        for (MailListener listener : lost) {
            TcpListener again = bind(listener, replaced);
            again.start();
            open.put(listener, again);
        }
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

    /** Whether one of the open listeners is reached by an address and a port. */
    public boolean listensAt(InetAddress address, int port) {
        lock.lock();
        try {
            for (TcpListener listener : open.values()) {
                if (listener.port() == port) {
                    InetAddress bound =
                            InetAddress.getByName(listener.settings().address());
                    if (bound.equals(address) || (bound.isAnyLocalAddress() && isLocal(address))) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException unknown) {
            LOG.atWarn().setCause(unknown).log("this machine's addresses are unknown");
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isLocal(InetAddress address) throws IOException {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
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
            LOG.warn("interrupted while sessions were ending");
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
