package cz.digidig.imap.command;

import cz.digidig.imap.protocol.EnableCommand;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ENABLE (RFC 9051 §6.3.1): what is unknown, or enabled already, is passed over. */
final class EnableHandler {
    Completion handle(Session session, EnableCommand command) throws IOException {
        List<String> enabled = new ArrayList<>();
        for (String name : command.capabilities()) {
            Optional<Extension> extension = Extension.of(name);
            if (extension.isPresent() && session.enable(extension.get())) {
                enabled.add(extension.get().capability());
            }
        }
        session.writer().write(new ImapResponse.Enabled(enabled));
        return Completion.ok("Enabled");
    }
}
