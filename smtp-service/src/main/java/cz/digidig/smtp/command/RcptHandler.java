package cz.digidig.smtp.command;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.ForwardPath;
import cz.digidig.smtp.protocol.RcptCommand;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.usage.DailyUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** RCPT: adds a recipient (RFC 5321 §4.1.1.3). Only a user's own submission may go elsewhere: no relaying. */
final class RcptHandler {
    private static final SmtpReply ACCEPTED = SmtpReply.of(250, EnhancedStatus.RECIPIENT_OK, "Recipient is fine");

    private final Directory directory;
    private final EmailAddress postmaster;
    private final DailyUsage usage;

    /**
     * Needs the accounts.
     *
     * @param postmaster who gets mail to {@code <Postmaster>} without a domain (RFC 5321 §4.5.1)
     */
    RcptHandler(Directory directory, EmailAddress postmaster, DailyUsage usage) {
        this.directory = directory;
        this.usage = usage;
        this.postmaster = postmaster;
    }

    SmtpReply handle(SmtpSession session, RcptCommand rcpt) {
        return switch (session.state()) {
            case SessionState.Fresh fresh -> Refusals.HELLO_FIRST;
            case SessionState.Greeted greeted -> Refusals.MAIL_FIRST;
            case SessionState.InMail open -> add(session, open.mail(), rcpt);
        };
    }

    private SmtpReply add(SmtpSession session, MailTransaction mail, RcptCommand rcpt) {
        if (mail.incoming() != null) {
            return Refusals.badSequence("The message is under way already");
        }
        if (mail.recipients().size()
                >= session.settings().mostRecipients(session.listener().role())) {
            return SmtpReply.of(
                    452, EnhancedStatus.TOO_MANY_RECIPIENTS, "Too many recipients; send the rest another time");
        }
        Optional<Instant> resets = session.account()
                .flatMap(account -> usage.exhausted(
                        account.sender(),
                        mail.recipients().size() + 1,
                        session.settings().submission()));
        if (resets.isPresent()) {
            return Refusals.dailyLimit(resets.get());
        }
        if (rcpt.international() && !mail.mail().smtpUtf8()) {
            return SmtpReply.of(553, EnhancedStatus.NEEDS_UTF8, "This address needs SMTPUTF8");
        }
        EmailAddress address =
                switch (rcpt.to()) {
                    case ForwardPath.Postmaster unqualified -> postmaster;
                    case ForwardPath.Mailbox mailbox -> mailbox.address();
                };
        return switch (directory.resolve(address)) {
            case Directory.Verdict.Deliverable to -> deliverable(mail, rcpt, address, to);
            case Directory.Verdict.Elsewhere elsewhere -> elsewhere(session, mail, rcpt, address);
            case Directory.Verdict.Unknown unknown ->
                SmtpReply.of(550, EnhancedStatus.UNKNOWN_MAILBOX, "There is no such address here");
            case Directory.Verdict.Disabled disabled ->
                SmtpReply.of(550, EnhancedStatus.MAILBOX_DISABLED, "This address gets no mail");
            case Directory.Verdict.Unavailable unavailable -> Refusals.DIRECTORY_DOWN;
        };
    }

    private static SmtpReply deliverable(
            MailTransaction mail, RcptCommand rcpt, EmailAddress address, Directory.Verdict.Deliverable to) {
        boolean taken =
                switch (mail.mail().from()) {
                    case ReversePath.Mailbox sender -> to.takesFrom(sender.address());
                    case ReversePath.Nobody nobody -> to.posters().isEmpty();
                };
        return taken
                ? accept(mail, rcpt, address, to.targets())
                : SmtpReply.of(550, EnhancedStatus.NOT_AUTHORISED, "This group takes no mail from that sender");
    }

    private static SmtpReply elsewhere(
            SmtpSession session, MailTransaction mail, RcptCommand rcpt, EmailAddress address) {
        Optional<?> account = session.account();
        if (session.listener().role() != Role.SUBMISSION || account.isEmpty()) {
            return SmtpReply.of(550, EnhancedStatus.NOT_AUTHORISED, "This server does not relay to that domain");
        }
        // A literal would let a user have this host connect to any machine, itself included.
        if (address.domain().startsWith("[")) {
            return SmtpReply.of(550, EnhancedStatus.NOT_AUTHORISED, "Address literals are not delivered to");
        }
        return accept(mail, rcpt, address, List.of(new Target.Remote(address.toString())));
    }

    private static SmtpReply accept(
            MailTransaction mail, RcptCommand rcpt, EmailAddress address, List<Target> targets) {
        mail.add(address.key(), new Recipient(address.toString(), rcpt.notifyOn(), rcpt.original(), targets));
        return ACCEPTED;
    }
}
