package cz.digidig.imap.command;

import cz.digidig.imap.protocol.IdCommand;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ID (RFC 2971): the product's name alone; a version would help nobody but an attacker. */
final class IdHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IdHandler.class);
    private static final Map<String, String> OURS = Map.of("name", "DIGiDIG");

    Completion handle(Session session, IdCommand command) throws IOException {
        LOG.atDebug()
                .addKeyValue("connection", session.link().id())
                .addKeyValue("client", command.fields().getOrDefault("name", ""))
                .log("client introduced itself");
        session.writer().write(new ImapResponse.Id(OURS));
        return Completion.ok("Pleased to meet you");
    }
}
