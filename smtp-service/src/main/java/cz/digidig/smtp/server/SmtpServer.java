package cz.digidig.smtp.server;

import cz.digidig.common.net.Admission;
import cz.digidig.common.net.Connection;
import cz.digidig.common.net.ConnectionLimits;
import cz.digidig.common.net.ProxySources;
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
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners. A changed configuration moves only those that it changes; sessions go on with what they began with. */
public final class SmtpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final byte[] BUSY = SmtpReply.of(421, EnhancedStatus.CLOSING, "Too many connections; try again soon")
            .bytes();

    private final CommandDispatcher dispatcher;
    private final Function<SmtpSettings, SmtpLimits> limits;
    private final TlsContext tls;
    private final SmtpMetrics metrics;
    private final Clock clock;
    private final SessionLog sessions = new SessionLog();
    private final ReentrantLock lock = new ReentrantLock();
    private Map<MailListener, TcpListener> open = new LinkedHashMap<>();
    /** Those that accept no more, as long as they have sessions. */
    private final Set<TcpListener> retired = new HashSet<>();

    private volatile Effective effective;

    /** What counts from the next connection on, or the next session. */
    private record Effective(
            SmtpSettings settings, SmtpLimits limits, ConnectionLimits connections, ProxySources proxies) {}

    /**
     * Nothing is bound before {@link #apply}.
     *
     * @param limits what sessions may use under some settings
     */
    public SmtpServer(
            CommandDispatcher dispatcher,
            SmtpSettings settings,
            Function<SmtpSettings, SmtpLimits> limits,
            TlsContext tls,
            MeterRegistry registry,
            Clock clock) {
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.tls = tls;
        this.metrics = new SmtpMetrics(registry);
        this.clock = clock;
        this.effective = effective(settings);
    }

    private Effective effective(SmtpSettings settings) {
        SmtpLimits most = limits.apply(settings);
        return new Effective(
                settings,
                most,
                new ConnectionLimits(
                        most.connections(),
                        most.connectionsPerAddress(),
                        settings.sessions().connectionsPerMinute(),
                        most.commandIdle(),
                        most.tlsHandshake()),
                new ProxySources(true, settings.proxyNetworks()));
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
                            running = bind(listener, wanted, replaced);
                            fresh.add(running);
                        }
                        next.put(listener, running);
                    }
                }
            } catch (IOException failed) {
                fresh.forEach(listener -> listener.close(Duration.ZERO));
                try {
                    reopen(replaced);
                } catch (IOException lost) {
                    failed.addSuppressed(lost);
                    LOG.atError().setCause(lost).log("a listener can't be opened again");
                }
                throw failed;
            }
            effective = effective(wanted);
            tls.minimum(wanted.tls().minimumVersion());
            fresh.forEach(TcpListener::start);
            open.values().stream()
                    .filter(listener -> !next.containsValue(listener))
                    .forEach(this::retire);
            open = next;
        } finally {
            lock.unlock();
        }
    }

    /** One that only changes its name or mode keeps its port, so its predecessor has to leave it first. */
    private TcpListener bind(MailListener listener, SmtpSettings wanted, List<TcpListener> replaced)
            throws IOException {
        for (Map.Entry<MailListener, TcpListener> former : open.entrySet()) {
            boolean stays = wanted.listeners().contains(former.getKey());
            boolean samePort = listener.port() != 0 && former.getKey().port() == listener.port();
            if (samePort && !stays && !replaced.contains(former.getValue())) {
                former.getValue().stopAccepting();
                replaced.add(former.getValue());
            }
        }
        return bind(listener);
    }

    private TcpListener bind(MailListener listener) throws IOException {
        return TcpListener.open(
                listener.socket(),
                () -> new Admission(
                        effective.connections(), listener.proxyProtocol() ? effective.proxies() : ProxySources.NONE),
                tls,
                connection -> converse(connection, listener),
                BUSY);
    }

    private void converse(Connection connection, MailListener listener) throws IOException {
        Effective now = effective;
        SmtpSession session = new SmtpSession(connection, listener, now.settings(), now.limits());
        new SmtpConversation(session, dispatcher, metrics, new SessionNotes(session, clock), sessions).run();
    }

    private void reopen(List<TcpListener> replaced) throws IOException {
        List<MailListener> lost = new ArrayList<>();
        open.forEach((listener, running) -> {
            if (replaced.contains(running)) {
                lost.add(listener);
            }
        });
        for (MailListener listener : lost) {
            TcpListener again = bind(listener);
            again.start();
            retire(Objects.requireNonNull(open.put(listener, again), "the one that it replaces"));
        }
    }

    /** Its sessions go on. */
    private void retire(TcpListener listener) {
        listener.stopAccepting();
        retired.removeIf(former -> former.connections() == 0);
        retired.add(listener);
    }

    /**
     * Opens every listener anew, with the TLS files as they are now; sessions go on.
     *
     * @throws IOException one can't be bound again: those after it are as they were
     */
    public void restart() throws IOException {
        lock.lock();
        try {
            tls.reload();
            for (MailListener listener : List.copyOf(open.keySet())) {
                TcpListener former = Objects.requireNonNull(open.get(listener));
                former.stopAccepting();
                TcpListener again = bind(listener);
                again.start();
                open.put(listener, again);
                retire(former);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Every listener of the settings, as it is. */
    public List<ListenerStatus> listeners() {
        lock.lock();
        try {
            return effective.settings().listeners().stream()
                    .map(listener -> {
                        TcpListener running = open.get(listener);
                        return running == null
                                ? new ListenerStatus(listener, false, 0, 0, 0)
                                : new ListenerStatus(
                                        listener, true, running.port(), running.connections(), running.refused());
                    })
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The certificate that clients are shown. */
    public X509Certificate certificate() {
        return tls.certificate();
    }

    /** Who is connected, and who was. */
    public SessionLog sessions() {
        return sessions;
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
            List<Thread> leaving = Stream.concat(open.values().stream(), retired.stream())
                    .map(listener -> Thread.ofVirtual().start(() -> listener.close(GRACE)))
                    .toList();
            for (Thread thread : leaving) {
                thread.join();
            }
            open = new LinkedHashMap<>();
            retired.clear();
        } catch (InterruptedException _) {
            LOG.warn("interrupted while sessions were ending");
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
