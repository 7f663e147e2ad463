package cz.digidig.smtp.client;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages to servers. A connection that is done is kept for seconds, in case there is more for that server. */
public final class SmtpClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpClient.class);

    private final ClientLimits limits;
    private final Supplier<Origin> origin;
    private final TlsClient tls = new TlsClient();
    private final ReentrantLock lock = new ReentrantLock();
    /** Whoever takes a session out has it: a delivery, or its farewell. */
    private final Map<RemoteHost, Deque<RemoteSession>> idle = new HashMap<>();

    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param origin how this server appears, as it is now
     */
    public SmtpClient(ClientLimits limits, Supplier<Origin> origin) {
        this.limits = limits;
        this.origin = origin;
    }

    /** Sends one message; what came of it for each of its recipients, in their order. */
    public List<Outcome> deliver(RemoteHost host, Transaction transaction) {
        try {
            for (RemoteSession kept = takeIdle(host); kept != null; kept = takeIdle(host)) {
                if (!kept.origin().equals(origin.get())) {
                    Thread.ofVirtual().name("outbound-quit").start(kept::quit);
                    continue;
                }
                Conversation again = new Conversation(kept, transaction);
                List<Outcome> outcomes = converse(kept, again);
                if (again.answered() || !kept.connection().isClosed()) {
                    return outcomes;
                }
                // The server had closed it: that says nothing about this message.
            }
            RemoteSession fresh = RemoteSession.open(host, limits, tls, origin.get());
            return converse(fresh, new Conversation(fresh, transaction));
        } catch (NoSession failed) {
            return Collections.nCopies(transaction.recipients().size(), failed.outcome());
        }
    }

    private List<Outcome> converse(RemoteSession session, Conversation conversation) {
        session.count();
        boolean ran = false;
        try {
            List<Outcome> outcomes = conversation.run();
            ran = true;
            keep(session);
            return outcomes;
        } finally {
            if (!ran) {
                session.close();
            }
        }
    }

    private @Nullable RemoteSession takeIdle(RemoteHost host) {
        lock.lock();
        try {
            Deque<RemoteSession> waiting = idle.get(host);
            if (waiting == null) {
                return null;
            }
            RemoteSession session = waiting.removeLast();
            if (waiting.isEmpty()) {
                idle.remove(host);
            }
            session.connection().within(limits.mail());
            return session;
        } finally {
            lock.unlock();
        }
    }

    private void keep(RemoteSession session) {
        lock.lock();
        try {
            if (session.reusable() && !closed) {
                idle.computeIfAbsent(session.host(), _ -> new ArrayDeque<>()).addLast(session);
                session.connection().restFor(limits.idle(), () -> leave(session));
                return;
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("outbound-quit").start(session::quit);
    }

    private void leave(RemoteSession session) {
        lock.lock();
        try {
            Deque<RemoteSession> waiting = idle.get(session.host());
            if (waiting == null || !waiting.remove(session)) {
                return;
            }
            if (waiting.isEmpty()) {
                idle.remove(session.host());
            }
        } finally {
            lock.unlock();
        }
        LOG.debug("nothing more for {}", session.host());
        Thread.ofVirtual().name("outbound-quit").start(session::quit);
    }

    @Override
    public void close() {
        List<RemoteSession> all;
        lock.lock();
        try {
            closed = true;
            all = idle.values().stream().flatMap(Deque::stream).toList();
        } finally {
            lock.unlock();
        }
        all.forEach(this::leave);
    }
}
