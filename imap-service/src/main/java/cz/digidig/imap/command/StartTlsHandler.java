package cz.digidig.imap.command;

import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.session.Session;
import java.io.IOException;

/** STARTTLS (RFC 9051 §6.2.1). */
final class StartTlsHandler {
    /** Writes the tagged response itself: it is the last thing in clear text. */
    Completion handle(Session session, String tag) throws IOException {
        if (!session.link().offersTls()) {
            throw new BadSyntax("TLS is active already, or not offered here");
        }
        session.writer()
                .write(new ImapResponse.Tagged(tag, ImapResponse.Condition.OK, null, "Begin TLS negotiation now"));
        session.writer().flush();
        session.link().startTls();
        return ANSWERED;
    }

    /** Nothing more is to be written. */
    static final Completion ANSWERED = new Completion(ImapResponse.Condition.OK, null, "");
}
