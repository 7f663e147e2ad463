package cz.digidig.imap.command;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.RenameCommand;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;

/** RENAME (RFC 9051 §6.3.6). INBOX stays: its messages are moved to a new mailbox. */
final class RenameHandler {
    private final MailStore store;
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    RenameHandler(MailStore store, MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, RenameCommand command) {
        String account = session.account().id();
        Mailbox mailbox = mailboxes
                .find(account, command.from())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox"));
        if (command.to().isInbox() || mailboxes.find(account, command.to()).isPresent()) {
            throw new Refused(ResponseCode.Plain.ALREADYEXISTS, "There is such a mailbox");
        }
        try {
            if (command.from().isInbox()) {
                Mailbox made = store.create(account, command.to(), null);
                store.move(account, mailbox.id(), UidSet.range(1, UidSet.MAX_UID), made.id());
                snapshots.doubt(mailbox.id());
            } else {
                store.rename(account, mailbox.id(), command.to());
            }
        } finally {
            mailboxes.mailboxesChanged(account);
        }
        return Completion.ok("Renamed");
    }
}
