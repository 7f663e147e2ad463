package cz.digidig.smtp.server;

import cz.digidig.smtp.protocol.BdatCommand;
import cz.digidig.smtp.protocol.ForwardPath;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand;
import cz.digidig.smtp.protocol.SmtpCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.SmtpSession;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is remembered of one session. Written by its thread, read by any. */
final class SessionNotes {
    private static final int MOST_KEPT = 20;
    private static final int LONGEST_REPLY = 1000;
    private static final String QUEUED_AS = "Queued as ";

    private final SmtpSession session;
    private final Clock clock;
    private final Instant began;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<SessionRecord.Refusal> refusals = new CopyOnWriteArrayList<>();
    private volatile @Nullable Instant ended;
    private volatile String hello = "";
    private volatile String tls = "";
    private volatile String account = "";
    private volatile String end = "";
    private volatile int commands;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    SessionNotes(SmtpSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
        this.began = clock.instant();
        look();
    }

    /** Whether the reply is that to a whole message. */
    static boolean endsMessage(SmtpCommand command) {
        return command instanceof SmtpCommand.Data || (command instanceof BdatCommand chunk && chunk.last());
    }

    /** TLS has begun. */
    void begun(int commandsSoFar) {
        commands = commandsSoFar;
        look();
    }

    /** A command was answered. */
    void answered(SmtpCommand command, SmtpReply reply, int commandsSoFar) {
        commands = commandsSoFar;
        look();
        if (!reply.positive()) {
            refused(words(command), reply);
        } else if (endsMessage(command) && reply.code() == 250) {
            accepted.incrementAndGet();
            String text = reply.lines().getFirst();
            if (messages.size() < MOST_KEPT && text.contains(QUEUED_AS)) {
                messages.add(text.substring(text.indexOf(QUEUED_AS) + QUEUED_AS.length()));
            }
        }
    }

    /** Something was refused that is no command; its text may hold anything, a password too. */
    void misunderstood(SmtpReply reply, int commandsSoFar) {
        commands = commandsSoFar;
        refused("?", reply);
    }

    private void refused(String command, SmtpReply reply) {
        refused.incrementAndGet();
        if (refusals.size() < MOST_KEPT) {
            String text = new String(reply.bytes(), StandardCharsets.US_ASCII).strip();
            refusals.add(new SessionRecord.Refusal(
                    clock.instant(), command, text.substring(0, Math.min(text.length(), LONGEST_REPLY))));
        }
    }

    private static String words(SmtpCommand command) {
        return switch (command) {
            case MailCommand mail -> "MAIL FROM:<" + mail.from() + ">";
            case RcptCommand rcpt ->
                switch (rcpt.to()) {
                    case ForwardPath.Postmaster _ -> "RCPT TO:<Postmaster>";
                    case ForwardPath.Mailbox mailbox -> "RCPT TO:<" + mailbox.address() + ">";
                };
            default -> command.verb().toUpperCase(Locale.ROOT);
        };
    }

    private void look() {
        session.hello().ifPresent(greeting -> hello = greeting.name());
        session.connection().tlsSession().ifPresent(agreed -> tls = agreed.getProtocol());
        account = session.account().map(Account::email).orElse("");
    }

    /** TLS was spoken at some time. */
    boolean secure() {
        return !tls.isEmpty();
    }

    /** It is over. */
    void ended(String how) {
        end = how;
        ended = clock.instant();
    }

    SessionRecord snapshot() {
        return new SessionRecord(
                session.connection().id(),
                session.listener().name(),
                session.client().getHostAddress(),
                began,
                ended,
                hello,
                tls,
                account,
                commands,
                List.copyOf(messages),
                accepted.get(),
                List.copyOf(refusals),
                refused.get(),
                end);
    }
}
