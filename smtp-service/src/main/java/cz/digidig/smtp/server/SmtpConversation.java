package cz.digidig.smtp.server;

import cz.digidig.common.net.Connection;
import cz.digidig.common.net.DeadlinePassed;
import cz.digidig.common.net.EndOfStream;
import cz.digidig.common.net.Line;
import cz.digidig.common.net.LineTooLong;
import cz.digidig.smtp.command.CommandDispatcher;
import cz.digidig.smtp.protocol.BadSyntax;
import cz.digidig.smtp.protocol.CommandReader;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.session.TooSlow;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session from greeting to end. */
final class SmtpConversation {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConversation.class);
    private static final SmtpReply CLOSING =
            SmtpReply.of(421, EnhancedStatus.CLOSING, "The service is closing; try again soon");
    private static final SmtpReply TIMED_OUT =
            SmtpReply.of(421, EnhancedStatus.TIMED_OUT, "Nothing was heard for too long");
    private static final SmtpReply TOO_SLOW =
            SmtpReply.of(421, EnhancedStatus.TIMED_OUT, "The message comes too slowly");
    private static final SmtpReply TOO_MANY =
            SmtpReply.of(421, EnhancedStatus.TOO_MANY_ATTEMPTS, "Too many errors or commands in one session");
    private static final SmtpReply FAILED =
            SmtpReply.of(421, EnhancedStatus.SYSTEM_TROUBLE, "An unexpected failure; try again later");

    private final SmtpSession session;
    private final CommandDispatcher dispatcher;
    private final SmtpMetrics metrics;
    private final SessionNotes notes;
    private final SessionLog log;
    private int commands;
    private int errors;
    private int refusals;
    private boolean quit;

    SmtpConversation(
            SmtpSession session,
            CommandDispatcher dispatcher,
            SmtpMetrics metrics,
            SessionNotes notes,
            SessionLog log) {
        this.session = session;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.notes = notes;
        this.log = log;
    }

    void run() throws IOException {
        Connection connection = session.connection();
        connection.onShutdown(() -> farewell(CLOSING));
        metrics.opened();
        log.began(notes);
        String end = "ended by this server";
        long started = System.nanoTime();
        try {
            Optional<SmtpReply> refusal = dispatcher.refusal(session);
            if (refusal.isPresent()) {
                end(refusal.get());
                return;
            }
            session.reply(SmtpReply.plain(220, session.settings().hostname() + " ESMTP DIGiDIG"));
            session.flushUnlessPipelined();
            metrics.greeted(System.nanoTime() - started);
            while (!session.ended()) {
                session.flushUnlessPipelined();
                next();
            }
            end = quit ? "QUIT" : end;
        } catch (EndOfStream gone) {
            end = connection.closing() ? "the service closed" : "the client left";
            LOG.atDebug().addKeyValue("session", connection.id()).log("the client left without QUIT");
        } catch (DeadlinePassed late) {
            end = "timed out";
            end(TIMED_OUT);
        } catch (TooSlow slow) {
            end = "the message came too slowly";
            end(TOO_SLOW);
        } catch (IOException failed) {
            end = "the connection failed";
            throw failed;
        } catch (RuntimeException bug) {
            end = "an unexpected failure";
            end(FAILED);
            throw bug;
        } finally {
            notes.ended(end);
            log.ended(notes);
            metrics.closed(notes.secure());
            session.reset();
        }
    }

    private void next() throws IOException {
        SmtpReply bad;
        try {
            Line line = session.readCommand();
            long started = System.nanoTime();
            commands++;
            if (!line.proper()) {
                throw new BadSyntax(SmtpReply.of(
                        500, EnhancedStatus.BAD_COMMAND_SYNTAX, "Lines end in CRLF, and hold no other CR or LF"));
            }
            SmtpCommand command = CommandReader.read(line.octets());
            Optional<SmtpReply> reply = dispatcher.dispatch(session, command);
            if (reply.isEmpty()) {
                notes.begun(commands);
            } else {
                answer(command, reply.get(), System.nanoTime() - started);
            }
            return;
        } catch (BadSyntax syntax) {
            bad = syntax.reply();
        } catch (LineTooLong tooLong) {
            bad = SmtpReply.of(500, EnhancedStatus.LINE_TOO_LONG, "The line is too long");
            if (!tooLong.skipped()) {
                session.end();
            }
        }
        metrics.answered("unknown", bad.code(), 0);
        notes.misunderstood(bad, commands);
        errors++;
        session.reply(bad);
        checkCounts();
    }

    private void answer(SmtpCommand command, SmtpReply reply, long nanos) throws IOException {
        metrics.answered(command.verb(), reply.code(), nanos);
        notes.answered(command, reply, commands);
        quit |= command instanceof SmtpCommand.Quit;
        if (SessionNotes.endsMessage(command)) {
            metrics.message(reply.code(), nanos);
        }
        switch (reply.code()) {
            case 500, 501, 502, 503, 504 -> errors++;
            case 550, 553 -> refusals++;
            default -> {}
        }
        session.reply(reply);
        checkCounts();
    }

    private void checkCounts() throws IOException {
        boolean most = errors >= session.limits().errors()
                || refusals >= session.limits().refusals()
                || commands >= session.limits().commands();
        if (most && !session.ended()) {
            session.reply(TOO_MANY);
            session.end();
        }
    }

    private void end(SmtpReply reply) {
        LOG.atInfo()
                .addKeyValue("session", session.connection().id())
                .addKeyValue("client", session.client().getHostAddress())
                .log("session ended: {}", reply.lines().getFirst());
        farewell(reply);
    }

    private void farewell(SmtpReply reply) {
        try {
            session.reply(reply);
            session.connection().out().flush();
        } catch (IOException gone) {
            LOG.debug("no farewell for a client that is gone: {}", gone.getMessage());
        }
    }
}
