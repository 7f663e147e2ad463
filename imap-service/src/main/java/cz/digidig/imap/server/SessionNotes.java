package cz.digidig.imap.server;

import cz.digidig.common.net.Connection;
import cz.digidig.imap.protocol.ImapCommand;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;

/** What is known of one open session. Written by its thread, read by any. */
final class SessionNotes {
    private final Connection connection;
    private final String listener;
    private final Session session;
    private final Clock clock;
    private final Instant began;
    private final AtomicInteger commands = new AtomicInteger();
    private volatile String tls = "";
    private volatile String account = "";
    private volatile String mailbox = "";
    private volatile boolean idle;
    private volatile Command last;

    private record Command(String name, Instant at) {}

    SessionNotes(Connection connection, String listener, Session session, Clock clock) {
        this.connection = connection;
        this.listener = listener;
        this.session = session;
        this.clock = clock;
        this.began = clock.instant();
        this.last = new Command("", began);
        look();
    }

    /** A command came. Its name alone is kept: arguments may hold anything, a password too. */
    void given(ImapCommand command) {
        commands.incrementAndGet();
        last = new Command(command.name(), clock.instant());
        idle = command instanceof ImapCommand.Idle;
    }

    /** It was answered. */
    void answered() {
        idle = false;
        look();
    }

    private void look() {
        tls = connection.tlsSession().map(SSLSession::getProtocol).orElse("");
        switch (session.state()) {
            case SessionState.NotAuthenticated _, SessionState.LoggedOut _ -> {
                account = "";
                mailbox = "";
            }
            case SessionState.Authenticated authenticated -> {
                account = authenticated.account().email();
                mailbox = "";
            }
            case SessionState.Selected selected -> {
                account = selected.account().email();
                mailbox = selected.name().path();
            }
        }
    }

    SessionRecord snapshot() {
        Command command = last;
        return new SessionRecord(
                connection.id(),
                listener,
                connection.remoteAddress().getHostAddress(),
                began,
                tls,
                account,
                mailbox,
                idle,
                command.name(),
                command.at(),
                commands.get(),
                connection.received(),
                connection.sent());
    }
}
