package cz.digidig.smtp.command;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.protocol.AuthCommand;
import cz.digidig.smtp.protocol.BdatCommand;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand;
import cz.digidig.smtp.protocol.SmtpCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Gives each command to its handler. Safe for any number of sessions. */
public final class CommandDispatcher {
    private final ArrivalPolicy policy;
    private final HelloHandler hello = new HelloHandler();
    private final MailHandler mail;
    private final RcptHandler rcpt;
    private final DataHandler data;
    private final BdatHandler bdat;
    private final AuthHandler auth;
    private final StartTlsHandler startTls = new StartTlsHandler();

    /**
     * Wires the handlers.
     *
     * @param policy what is checked of mail from outside
     * @param postmaster who gets mail to {@code <Postmaster>} without a domain
     */
    public CommandDispatcher(
            Directory directory,
            Spool spool,
            DailyUsage usage,
            ArrivalPolicy policy,
            Clock clock,
            EmailAddress postmaster) {
        this.policy = policy;
        MessageIntake intake = new MessageIntake(spool, usage, clock);
        this.mail = new MailHandler(spool, usage, policy);
        this.rcpt = new RcptHandler(directory, postmaster, usage);
        this.data = new DataHandler(intake);
        this.bdat = new BdatHandler(intake);
        this.auth = new AuthHandler(directory);
    }

    /** Why a session is not even greeted; empty: it is. */
    public Optional<SmtpReply> refusal(SmtpSession session) {
        return session.listener().role() == Role.MX
                ? policy.connection(session.client(), session.settings())
                : Optional.empty();
    }

    /**
     * Does what the command says.
     *
     * @return the reply; empty where it was sent already
     * @throws IOException the connection or the client's pace failed: the session is over
     */
    public Optional<SmtpReply> dispatch(SmtpSession session, SmtpCommand command) throws IOException {
        return switch (command) {
            case HelloCommand greeting -> Optional.of(hello.handle(session, greeting));
            case MailCommand sender -> Optional.of(mail.handle(session, sender));
            case RcptCommand recipient -> Optional.of(rcpt.handle(session, recipient));
            case BdatCommand chunk -> Optional.of(bdat.handle(session, chunk));
            case AuthCommand logIn -> Optional.of(auth.handle(session, logIn));
            case SmtpCommand.Data body -> Optional.of(data.handle(session));
            case SmtpCommand.StartTls upgrade -> startTls.handle(session);
            case SmtpCommand.Reset reset -> {
                session.reset();
                yield Optional.of(SmtpReply.of(250, EnhancedStatus.OK, "Reset"));
            }
            case SmtpCommand.Noop noop -> Optional.of(SmtpReply.of(250, EnhancedStatus.OK, "Fine"));
            case SmtpCommand.Quit quit -> {
                session.end();
                yield Optional.of(SmtpReply.of(221, EnhancedStatus.OK, "Bye"));
            }
            // Neither says who exists here (RFC 5321 §7.3).
            case SmtpCommand.Verify verify ->
                Optional.of(SmtpReply.of(
                        252, EnhancedStatus.OK, "Not verified; send the mail and see (RFC 5321 section 3.5.3)"));
            case SmtpCommand.Expand expand ->
                Optional.of(SmtpReply.of(502, EnhancedStatus.BAD_SEQUENCE, "Lists are not expanded"));
            case SmtpCommand.Help help ->
                Optional.of(SmtpReply.of(
                        214,
                        EnhancedStatus.OK,
                        "EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS AUTH (RFC 5321)"));
        };
    }
}
