package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.DeleteCommand;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;

/** DELETE (RFC 9051 §6.3.5). Inferiors stay. */
final class DeleteHandler {
    private final MailStore store;
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    DeleteHandler(MailStore store, MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, DeleteCommand command) {
        String account = session.account().id();
        if (command.mailbox().isInbox()) {
            throw new Refused(ResponseCode.Plain.CANNOT, "INBOX stays");
        }
        Mailbox mailbox = mailboxes
                .find(account, command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox"));
        try {
            store.delete(account, mailbox.id());
        } finally {
            mailboxes.mailboxesChanged(account);
        }
        if (session.state() instanceof SessionState.Selected selected
                && selected.mailbox().equals(mailbox.id())) {
            session.deselect();
        }
        snapshots.doubt(mailbox.id());
        return Completion.ok("Deleted");
    }
}
