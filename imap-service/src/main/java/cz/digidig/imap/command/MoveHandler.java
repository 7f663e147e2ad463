package cz.digidig.imap.command;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.MoveCommand;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;

/** MOVE and UID MOVE (RFC 9051 §6.4.8, RFC 6851 §3.3): COPYUID first, then the view reports EXPUNGE. */
final class MoveHandler {
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    MoveHandler(MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, MoveCommand command) throws IOException {
        SessionState.Selected selected = session.selected();
        if (selected.readOnly()) {
            throw new Refused(ResponseCode.Plain.READ_ONLY, "The mailbox is selected to read");
        }
        UidSet uids = selected.view().uids(command.by(), command.messages());
        Mailbox target = mailboxes
                .find(selected.account().id(), command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.TRYCREATE, "No such mailbox"));
        if (uids.isEmpty()) {
            return Completion.ok("No messages");
        }
        MailStore.Copied copied;
        try {
            copied = selected.view().shared().move(uids, target.id());
        } finally {
            snapshots.doubt(target.id());
        }
        if (copied.source().length == 0) {
            return Completion.ok(ResponseCode.Plain.EXPUNGEISSUED, "The messages are gone");
        }
        session.writer()
                .write(new ImapResponse.Untagged(ImapResponse.Condition.OK, CopiedMessages.code(copied), "Moved"));
        return Completion.ok("Moved");
    }
}
