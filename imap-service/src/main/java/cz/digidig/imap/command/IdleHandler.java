package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.SharedMailbox;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.ConnectionEnded;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.session.ClientLink.Event;
import cz.digidig.imap.session.News;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** IDLE (RFC 9051 §6.3.13): waits for the client's DONE, news of the mailbox, or the deadline, whichever comes first. */
final class IdleHandler {
    Completion handle(Session session) throws IOException {
        News news = new News();
        Runnable listener = () -> news.add(new Event.MailboxChanged());
        SharedMailbox shared = session.state() instanceof SessionState.Selected selected
                ? selected.view().shared()
                : null;
        if (shared != null) {
            shared.listen(listener);
        }
        try {
            session.writer().write(new ImapResponse.Continuation("idling"));
            session.report(true);
            session.writer().flush();
            session.link().awaitLine(news);
            String line = wait(session, news, session.limits().idleTime());
            if (!line.strip().equalsIgnoreCase("DONE")) {
                throw new BadSyntax("Expected DONE");
            }
            return Completion.ok("Idled");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectionEnded("interrupted", interrupted);
        } finally {
            if (shared != null) {
                shared.unlisten(listener);
            }
        }
    }

    private static String wait(Session session, News news, Duration most) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        Duration keepAlive = session.limits().keepAlive();
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new Farewell(null, "Autologout; idle for too long");
            }
            @Nullable Event event = news.await(Duration.ofNanos(Math.min(left, keepAlive.toNanos())));
            switch (event) {
                case null -> {
                    session.writer().write(new ImapResponse.Untagged(ImapResponse.Condition.OK, null, "Still here"));
                    session.writer().flush();
                }
                case Event.MailboxChanged _ -> {
                    session.report(true);
                    session.writer().flush();
                }
                case Event.Line line -> {
                    session.link().stopWaiting();
                    return line.text();
                }
                case Event.Ended ended -> throw ended.cause();
            }
        }
    }
}
