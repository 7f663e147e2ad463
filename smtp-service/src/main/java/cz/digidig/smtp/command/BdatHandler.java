package cz.digidig.smtp.command;

import cz.digidig.smtp.protocol.BdatCommand;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.IncomingMessage;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** BDAT: a chunk of the message by its length (RFC 3030 §2). The octets follow whatever the reply will be. */
final class BdatHandler {
    private final MessageIntake intake;

    BdatHandler(MessageIntake intake) {
        this.intake = intake;
    }

    SmtpReply handle(SmtpSession session, BdatCommand chunk) throws IOException {
        return switch (session.state()) {
            case SessionState.Fresh fresh -> refuse(session, chunk, Refusals.HELLO_FIRST);
            case SessionState.Greeted greeted -> refuse(session, chunk, Refusals.MAIL_FIRST);
            case SessionState.InMail open
            when open.mail().recipients().isEmpty() -> refuse(session, chunk, Refusals.RCPT_FIRST);
            case SessionState.InMail open -> receive(session, open.hello(), open.mail(), chunk);
        };
    }

    private SmtpReply receive(SmtpSession session, HelloCommand hello, MailTransaction mail, BdatCommand chunk)
            throws IOException {
        IncomingMessage incoming = mail.incoming();
        if (incoming == null) {
            incoming = intake.begin(session, hello, mail);
            mail.incoming(incoming);
        }
        long most = session.mostOctets();
        if (chunk.size() > most - incoming.octets()) {
            session.reset();
            return refuse(
                    session,
                    chunk,
                    SmtpReply.of(
                            552, EnhancedStatus.MESSAGE_TOO_BIG, "The message is larger than " + most + " octets"));
        }
        read(session, chunk.size(), incoming);
        if (chunk.last()) {
            return intake.finish(session, hello, mail, incoming);
        }
        Optional<SmtpReply> refusal = incoming.refusal();
        if (refusal.isPresent()) {
            session.reset();
            return refusal.get();
        }
        return SmtpReply.of(250, EnhancedStatus.MESSAGE_OK, chunk.size() + " octets received");
    }

    /** Steps over the octets; where they are too many to be worth it, the session ends instead. */
    private static SmtpReply refuse(SmtpSession session, BdatCommand chunk, SmtpReply why) throws IOException {
        if (chunk.size() > session.mostOctets()) {
            session.end();
        } else {
            read(session, chunk.size(), OutputStream.nullOutputStream());
        }
        return why;
    }

    private static void read(SmtpSession session, long octets, OutputStream sink) throws IOException {
        long started = System.nanoTime();
        long left = octets;
        int[] taken = new int[1];
        while (left > 0) {
            session.waitAtMost(session.limits().dataIdle());
            long most = left;
            session.connection().in().readSome((buffer, offset, length) -> {
                taken[0] = (int) Math.min(most, length);
                sink.write(buffer, offset, taken[0]);
                return taken[0];
            });
            left -= taken[0];
            MessageIntake.checkPace(session, octets - left, started);
        }
    }
}
