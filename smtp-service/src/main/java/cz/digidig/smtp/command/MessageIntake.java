package cz.digidig.smtp.command;

import cz.digidig.smtp.policy.Arrival;
import cz.digidig.smtp.policy.MessageVerdict;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.protocol.SubmissionFields;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.IncomingMessage;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.session.TooSlow;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DATA and BDAT share: the message's beginning, its pace, and its end in the spool. */
final class MessageIntake {
    private static final Logger LOG = LoggerFactory.getLogger(MessageIntake.class);
    private static final int MOST_LOGGED = 20;

    private final Spool spool;
    private final DailyUsage usage;
    private final Clock clock;

    MessageIntake(Spool spool, DailyUsage usage, Clock clock) {
        this.spool = spool;
        this.usage = usage;
        this.clock = clock;
    }

    IncomingMessage begin(SmtpSession session, HelloCommand hello, MailTransaction mail) {
        QueueId id = spool.nextId();
        Arrival arrival = mail.arrival();
        if (arrival != null) {
            return new IncomingMessage(id, spool.newBuffer(id), arrival, session.mostOctets(), session.limits());
        }
        Instant now = clock.instant();
        byte[] trace = TraceHeader.received(session, hello, mail, id, now);
        MessageBuffer buffer = spool.newBuffer(id);
        Optional<Account> account = session.account();
        if (account.isEmpty()) {
            return new IncomingMessage(id, buffer, trace, session.mostOctets(), session.limits());
        }
        String from =
                switch (mail.mail().from()) {
                    case ReversePath.Nobody nobody -> account.get().email();
                    case ReversePath.Mailbox mailbox -> mailbox.address().toString();
                };
        SubmissionFields.Missing missing = new SubmissionFields.Missing(
                TraceHeader.date(now), "<" + id + "@" + session.settings().hostname() + ">", from);
        return IncomingMessage.submitted(
                id, buffer, trace, session.mostOctets(), session.limits(), account.get(), missing);
    }

    /** Ends the session of a client that holds a connection with a trickle. */
    static void checkPace(SmtpSession session, long octets, long startedNanos) throws TooSlow {
        long nanos = System.nanoTime() - startedNanos;
        if (nanos > session.limits().slowGrace().toNanos()
                && octets < nanos / 1e9 * session.limits().slowest().toBytes()) {
            throw new TooSlow();
        }
    }

    /** Takes the whole message over, or says why not. The transaction is over either way. */
    SmtpReply finish(SmtpSession session, HelloCommand hello, MailTransaction mail, IncomingMessage incoming)
            throws IOException {
        Optional<SmtpReply> refusal = incoming.verdict();
        if (refusal.isPresent()) {
            incoming.close();
            session.reset();
            LOG.atInfo()
                    .addKeyValue("session", session.connection().id())
                    .addKeyValue("reply", refusal.get().code())
                    .log("message refused: {}", refusal.get().lines().getFirst());
            return refusal.get();
        }
        boolean junk;
        try {
            byte[] trace = TraceHeader.received(session, hello, mail, incoming.id(), clock.instant());
            switch (incoming.judge(trace)) {
                case MessageVerdict.Taken taken -> junk = taken.junk();
                case MessageVerdict.Refused refused -> {
                    incoming.close();
                    session.reset();
                    return refused.reply();
                }
            }
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("queueId", incoming.id()).log("a message can't be written");
            incoming.close();
            session.reset();
            return Refusals.NO_ROOM;
        }
        MailCommand command = mail.mail();
        Envelope envelope = new Envelope(
                Instant.ofEpochMilli(clock.millis()),
                newTraceId(),
                command.from(),
                session.account().map(Account::id).orElse(""),
                command.smtpUtf8(),
                command.body(),
                command.ret(),
                command.envelopeId(),
                List.copyOf(mail.recipients()),
                junk);
        Optional<DailyUsage.Taken> counted = Optional.empty();
        if (session.account().isPresent()) {
            DailyUsage.Answer answer = usage.take(
                    session.account().get().sender(),
                    envelope.recipients().size(),
                    session.settings().submission());
            switch (answer) {
                case DailyUsage.Answer.Granted granted -> counted = Optional.of(granted.taken());
                case DailyUsage.Answer.Exhausted exhausted -> {
                    incoming.close();
                    session.reset();
                    return Refusals.dailyLimit(exhausted.resets());
                }
            }
        }
        SmtpReply reply;
        try {
            spool.accept(incoming.id(), envelope, incoming.buffer());
            LOG.atInfo()
                    .addKeyValue("session", session.connection().id())
                    .addKeyValue("queueId", incoming.id())
                    .addKeyValue("traceId", envelope.trace())
                    .addKeyValue("from", envelope.from().toString())
                    .addKeyValue("to", logged(envelope))
                    .log(
                            "message {} accepted: {} octets, {} recipients",
                            incoming.id(),
                            incoming.octets(),
                            envelope.recipients().size());
            reply = SmtpReply.of(250, EnhancedStatus.MESSAGE_OK, "Queued as " + incoming.id());
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("queueId", incoming.id()).log("a message can't be spooled");
            counted.ifPresent(usage::giveBack);
            reply = Refusals.NO_ROOM;
        }
        session.reset();
        return reply;
    }

    /** Whom a trace of the message is found by; of many recipients the first. */
    private static String logged(Envelope envelope) {
        return envelope.recipients().stream()
                .limit(MOST_LOGGED)
                .map(Recipient::address)
                .collect(Collectors.joining(" "));
    }

    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    }
}
