package cz.digidig.smtp.command;

import cz.digidig.smtp.protocol.DotDecoder;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.IncomingMessage;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import java.io.IOException;

/** DATA: the message up to CRLF.CRLF (RFC 5321 §4.1.1.4). */
final class DataHandler {
    private static final SmtpReply GO_AHEAD = SmtpReply.plain(354, "Send the message, then a line with a dot alone");

    private final MessageIntake intake;

    DataHandler(MessageIntake intake) {
        this.intake = intake;
    }

    SmtpReply handle(SmtpSession session) throws IOException {
        return switch (session.state()) {
            case SessionState.Fresh fresh -> Refusals.HELLO_FIRST;
            case SessionState.Greeted greeted -> Refusals.MAIL_FIRST;
            case SessionState.InMail open
            when open.mail().incoming() != null -> Refusals.badSequence("The message came by BDAT so far");
            case SessionState.InMail open when open.mail().recipients().isEmpty() -> Refusals.RCPT_FIRST;
            case SessionState.InMail open -> receive(session, open.hello(), open.mail());
        };
    }

    private SmtpReply receive(SmtpSession session, HelloCommand hello, MailTransaction mail) throws IOException {
        session.reply(GO_AHEAD);
        session.flushUnlessPipelined();
        IncomingMessage incoming = intake.begin(session, hello, mail);
        mail.incoming(incoming);
        DotDecoder decoder = new DotDecoder();
        long started = System.nanoTime();
        while (!decoder.finished()) {
            session.waitAtMost(session.limits().dataIdle());
            session.connection()
                    .in()
                    .readSome((octets, offset, length) -> decoder.decode(octets, offset, length, incoming));
            MessageIntake.checkPace(session, incoming.octets(), started);
        }
        return intake.finish(session, hello, mail, incoming);
    }
}
