package cz.digidig.imap.command;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.CopyCommand;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;

/** COPY and UID COPY (RFC 9051 §6.4.7; RFC 4315 §3). */
final class CopyHandler {
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    CopyHandler(MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, CopyCommand command) {
        SessionState.Selected selected = session.selected();
        UidSet uids = selected.view().uids(command.by(), command.messages());
        Mailbox target = mailboxes
                .find(selected.account().id(), command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.TRYCREATE, "No such mailbox"));
        if (uids.isEmpty()) {
            return Completion.ok("No messages");
        }
        MailStore.Copied copied;
        try {
            copied = selected.view().shared().copy(uids, target.id());
        } finally {
            snapshots.doubt(target.id());
        }
        if (copied.source().length == 0) {
            return Completion.ok(ResponseCode.Plain.EXPUNGEISSUED, "The messages are gone");
        }
        return Completion.ok(CopiedMessages.code(copied), "Copied");
    }
}
