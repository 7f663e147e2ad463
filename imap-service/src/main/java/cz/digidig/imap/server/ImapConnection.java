package cz.digidig.imap.server;

import cz.digidig.common.net.Connection;
import cz.digidig.common.net.DeadlinePassed;
import cz.digidig.common.net.EndOfStream;
import cz.digidig.imap.command.CommandDispatcher;
import cz.digidig.imap.command.Completion;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.CommandReader;
import cz.digidig.imap.protocol.ImapCommand;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.ConnectionEnded;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapFailure.Unavailable;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ImapResponse.Condition;
import cz.digidig.imap.protocol.Request;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.ResponseWriter;
import cz.digidig.imap.session.Capabilities;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionLimits;
import cz.digidig.imap.session.SessionState;
import cz.digidig.imap.settings.ImapListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session from greeting to end, on the connection's own thread: read a command, run it, answer, flush. */
final class ImapConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ImapConnection.class);

    private final Connection connection;
    private final CommandDispatcher dispatcher;
    private final ImapMetrics metrics;
    private final ResponseWriter writer;
    private final ConnectionLink link;
    private final CommandReader reader;
    private final Session session;
    private final SessionLimits limits;
    private final OpenSessions sessions;
    private final SessionNotes notes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean farewellSaid = new AtomicBoolean();
    /** Why an administrator ends the session; null: nobody does. */
    private volatile @Nullable String dismissal;

    private int badCommands;

    ImapConnection(
            Connection connection,
            ImapListener listener,
            CommandDispatcher dispatcher,
            MailboxSnapshotCache snapshots,
            SessionLimits limits,
            ImapMetrics metrics,
            OpenSessions sessions) {
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.limits = limits;
        this.sessions = sessions;
        this.writer = new ResponseWriter(connection.out());
        this.link = new ConnectionLink(connection, listener.tls(), writer, limits);
        this.reader = new CommandReader(link);
        this.session = new Session(link, reader, writer, limits, snapshots);
        this.notes = new SessionNotes(connection, listener.name(), session, Clock.systemUTC());
    }

    String id() {
        return connection.id();
    }

    SessionNotes notes() {
        return notes;
    }

    void run() throws IOException {
        link.onShutdown(this::takeLeave);
        long number = sessions.began(this);
        try {
            writer.write(new ImapResponse.Untagged(
                    Condition.OK, new ResponseCode.Capability(Capabilities.of(session)), "DIGiDIG is ready"));
            writer.flush();
            while (!(session.state() instanceof SessionState.LoggedOut)) {
                next();
            }
        } catch (EndOfStream gone) {
            if (connection.closing()) {
                takeLeave();
            }
        } catch (DeadlinePassed late) {
            farewell(null, "Autologout; idle for too long");
        } catch (Farewell end) {
            LOG.atInfo()
                    .addKeyValue("connection", connection.id())
                    .addKeyValue("client", link.address())
                    .log("session ended: {}", end.getMessage());
            farewell(end.code(), String.valueOf(end.getMessage()));
        } catch (ConnectionEnded end) {
            LOG.atDebug()
                    .setCause(end)
                    .addKeyValue("connection", connection.id())
                    .log("session broke off");
        } finally {
            session.logOut();
            sessions.ended(number);
            ended.countDown();
        }
    }

    /** Takes leave of the client on another thread's behalf, and cuts it off where that takes longer. */
    void end(String words, Duration grace) {
        dismissal = words;
        Thread.ofVirtual().name("end-" + connection.id()).start(this::shutDown);
        try {
            if (!ended.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                connection.cut();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            connection.cut();
        }
    }

    private void shutDown() {
        try {
            connection.shutDown();
        } catch (IOException gone) {
            LOG.debug("ending session {}: {}", connection.id(), gone.getMessage());
            connection.cut();
        }
    }

    private void takeLeave() {
        String why = dismissal;
        if (why == null) {
            farewell(ResponseCode.Plain.UNAVAILABLE, "The server is shutting down");
        } else {
            farewell(null, why);
        }
    }

    private void next() throws IOException {
        link.expectCommand();
        Request request;
        try {
            request = reader.next();
        } catch (BadSyntax bad) {
            metrics.answered("UNKNOWN", ImapMetrics.Result.BADSYNTAX, 0);
            answer(bad.tag(), Condition.BAD, null, String.valueOf(bad.getMessage()));
            writer.flush();
            countBad();
            return;
        }
        long started = System.nanoTime();
        notes.given(request.command());
        ImapMetrics.Result result = run(request);
        notes.answered();
        reader.finish();
        if (!connection.in().hasBuffered()) {
            // Answers to pipelined commands go out together.
            writer.flush();
        }
        metrics.answered(request.command().name(), result, System.nanoTime() - started);
        if (result == ImapMetrics.Result.BADSYNTAX) {
            countBad();
        } else {
            badCommands = 0;
        }
    }

    private void countBad() {
        if (++badCommands >= limits.badCommands()) {
            throw new Farewell(null, "Too many bad commands");
        }
    }

    private ImapMetrics.Result run(Request request) throws IOException {
        String tag = request.tag();
        try {
            Completion completion = dispatcher.run(session, request);
            if (session.state() instanceof SessionState.Authenticated) {
                link.loggedIn();
            }
            if (!(request.command() instanceof ImapCommand.StartTls)) {
                answer(tag, completion.condition(), completion.code(), completion.text());
            }
            return completion.condition() == Condition.OK ? ImapMetrics.Result.OK : ImapMetrics.Result.REFUSED;
        } catch (BadSyntax bad) {
            answer(tag, Condition.BAD, null, String.valueOf(bad.getMessage()));
            return ImapMetrics.Result.BADSYNTAX;
        } catch (Refused refused) {
            answer(tag, Condition.NO, refused.code(), String.valueOf(refused.getMessage()));
            return ImapMetrics.Result.REFUSED;
        } catch (Unavailable unavailable) {
            LOG.atWarn()
                    .setCause(unavailable)
                    .addKeyValue("connection", connection.id())
                    .log("{} could not be done", request.command().name());
            answer(tag, Condition.NO, ResponseCode.Plain.UNAVAILABLE, "Not possible now; try again later");
            return ImapMetrics.Result.UNAVAILABLE;
        } catch (MailStore.MailboxGone gone) {
            throw new Farewell(null, "The selected mailbox was deleted");
        } catch (Farewell | ConnectionEnded end) {
            throw end;
        } catch (RuntimeException bug) {
            String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("connection", connection.id())
                    .addKeyValue("failure", id)
                    .log("unexpected failure of {}", request.command().name());
            answer(tag, Condition.NO, ResponseCode.Plain.SERVERBUG, "An unexpected failure, logged as " + id);
            return ImapMetrics.Result.BUG;
        }
    }

    private void answer(String tag, Condition condition, @Nullable ResponseCode code, String text) throws IOException {
        writer.write(
                tag.equals("*")
                        ? new ImapResponse.Untagged(condition, code, text)
                        : new ImapResponse.Tagged(tag, condition, code, text));
    }

    private void farewell(@Nullable ResponseCode code, String text) {
        if (!farewellSaid.compareAndSet(false, true)) {
            return;
        }
        try {
            writer.write(new ImapResponse.Untagged(Condition.BYE, code, text));
            writer.flush();
        } catch (IOException gone) {
            LOG.debug("no farewell for a client that is gone: {}", gone.getMessage());
        }
    }
}
