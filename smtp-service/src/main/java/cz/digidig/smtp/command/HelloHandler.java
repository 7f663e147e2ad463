package cz.digidig.smtp.command;

import cz.digidig.common.net.TlsMode;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** EHLO and HELO: begin anew, and tell what is offered (RFC 5321 §4.1.1.1, §4.1.4). */
final class HelloHandler {
    static final String MECHANISMS = "PLAIN LOGIN OAUTHBEARER XOAUTH2";

    SmtpReply handle(SmtpSession session, HelloCommand hello) throws IOException {
        session.state(new SessionState.Greeted(hello));
        List<String> lines = new ArrayList<>();
        lines.add(session.settings().hostname());
        if (hello.extended()) {
            lines.add("PIPELINING");
            lines.add("SIZE " + session.mostOctets());
            lines.add("8BITMIME");
            lines.add("SMTPUTF8");
            lines.add("CHUNKING");
            lines.add("ENHANCEDSTATUSCODES");
            lines.add("DSN");
            boolean secure = session.connection().secure();
            if (!secure && session.listener().tls() == TlsMode.STARTTLS) {
                lines.add("STARTTLS");
            }
            if (secure && session.listener().role() == Role.SUBMISSION) {
                lines.add("AUTH " + MECHANISMS);
            }
        }
        return new SmtpReply(250, null, lines);
    }
}
