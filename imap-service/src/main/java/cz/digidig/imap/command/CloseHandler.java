package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;

/** CLOSE (RFC 9051 §6.4.1): expunges without a word, unless the mailbox was selected to read. */
final class CloseHandler {
    Completion handle(Session session) {
        SessionState.Selected selected = session.selected();
        if (!selected.readOnly() && selected.view().shared().current().count(MessageFlag.DELETED) > 0) {
            selected.view().shared().expunge(null);
        }
        session.deselect();
        return Completion.ok("Closed");
    }
}
