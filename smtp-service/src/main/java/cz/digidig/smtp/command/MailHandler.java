package cz.digidig.smtp.command;

import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.policy.Client;
import cz.digidig.smtp.policy.SenderVerdict;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** MAIL: begins a transaction (RFC 5321 §4.1.1.2), for users only as one of their own addresses (RFC 6409 §6.1). */
final class MailHandler {
    private final Spool spool;
    private final DailyUsage usage;
    private final ArrivalPolicy policy;

    MailHandler(Spool spool, DailyUsage usage, ArrivalPolicy policy) {
        this.spool = spool;
        this.usage = usage;
        this.policy = policy;
    }

    SmtpReply handle(SmtpSession session, MailCommand mail) throws IOException {
        return switch (session.state()) {
            case SessionState.Fresh fresh -> Refusals.HELLO_FIRST;
            case SessionState.InMail open -> Refusals.badSequence("A message is under way; RSET drops it");
            case SessionState.Greeted greeted -> begin(session, greeted.hello(), mail);
        };
    }

    /** Why the checks don't let this sender in; empty: they do. */
    private Optional<SmtpReply> checked(SmtpSession session, HelloCommand hello, MailTransaction transaction) {
        Client client = new Client(session.client(), hello.name());
        return switch (policy.sender(client, transaction.mail().from(), session.settings())) {
            case SenderVerdict.Refused refused -> Optional.of(refused.reply());
            case SenderVerdict.Welcome welcome -> {
                transaction.arrival(welcome.arrival());
                yield Optional.empty();
            }
        };
    }

    private SmtpReply begin(SmtpSession session, HelloCommand hello, MailCommand mail) throws IOException {
        if (session.listener().role() == Role.SUBMISSION) {
            Optional<Account> account = session.account();
            if (account.isEmpty()) {
                return SmtpReply.of(530, EnhancedStatus.UNSOLICITED, "Log in first");
            }
            if (mail.from() instanceof ReversePath.Mailbox from
                    && !account.get().owns(from.address())) {
                return SmtpReply.of(553, EnhancedStatus.NOT_AUTHORISED, "This sender address is not yours");
            }
            Optional<Instant> resets = usage.exhausted(
                    account.get().sender(), 1, session.settings().submission());
            if (resets.isPresent()) {
                return Refusals.dailyLimit(resets.get());
            }
        }
        long most = session.mostOctets();
        if (mail.size() > most) {
            return SmtpReply.of(552, EnhancedStatus.MESSAGE_TOO_BIG, "The message is larger than " + most + " octets");
        }
        if (!spool.hasRoomFor(Math.max(0, mail.size()))) {
            return Refusals.NO_ROOM;
        }
        MailTransaction transaction = new MailTransaction(mail);
        Optional<SmtpReply> refusal = session.listener().role() == Role.MX
                ? checked(session, hello, transaction)
                : session.account().flatMap(account -> policy.submission(account.id(), session.settings()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        session.state(new SessionState.InMail(hello, transaction));
        return SmtpReply.of(250, EnhancedStatus.SENDER_OK, "Sender is fine");
    }
}
