package cz.digidig.smtp.command;

import cz.digidig.common.net.TlsMode;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.SmtpSession;
import java.io.IOException;
import java.util.Optional;

/** STARTTLS (RFC 3207 §4). Nothing that was sent in clear counts afterwards. */
final class StartTlsHandler {
    private static final SmtpReply GO_AHEAD = SmtpReply.of(220, EnhancedStatus.OK, "Begin TLS");

    /** The reply; none where TLS has begun, since the reply went before. */
    Optional<SmtpReply> handle(SmtpSession session) throws IOException {
        if (session.connection().secure()) {
            return Optional.of(Refusals.badSequence("TLS is active already"));
        }
        if (session.listener().tls() != TlsMode.STARTTLS) {
            return Optional.of(SmtpReply.of(502, EnhancedStatus.BAD_SEQUENCE, "TLS is not offered here"));
        }
        if (session.connection().in().hasBuffered()) {
            // Someone in between may have put it there (RFC 3207 §6).
            session.end();
            return Optional.of(Refusals.badSequence("Nothing may follow STARTTLS before the reply to it"));
        }
        session.reply(GO_AHEAD);
        session.connection().out().flush();
        session.connection().startTls();
        session.startOver();
        return Optional.empty();
    }
}
