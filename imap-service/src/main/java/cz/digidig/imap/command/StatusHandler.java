package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.StatusCommand;
import cz.digidig.imap.protocol.StatusItem;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import java.io.IOException;

/** STATUS (RFC 9051 §6.3.11): from the snapshot where that is up to date, else storage is asked. */
final class StatusHandler {
    private final MailStore store;
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    StatusHandler(MailStore store, MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, StatusCommand command) throws IOException {
        String account = session.account().id();
        Mailbox mailbox = mailboxes
                .find(account, command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox"));
        if (command.items().contains(StatusItem.HIGHESTMODSEQ)) {
            session.enable(Extension.CONDSTORE);
        }
        MailboxSnapshot snapshot = snapshots.ifFresh(mailbox.id());
        Mailbox counted = snapshot != null
                ? counted(mailbox, snapshot)
                : store.mailbox(account, mailbox.id())
                        .orElseThrow(() -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox"));
        session.writer()
                .write(new ImapResponse.Status(
                        command.mailbox(), StatusValues.of(counted, command.items(), session.limits())));
        return Completion.ok("That is all");
    }

    private static Mailbox counted(Mailbox mailbox, MailboxSnapshot snapshot) {
        return new Mailbox(
                mailbox.id(),
                mailbox.path(),
                mailbox.specialUse(),
                mailbox.subscribed(),
                snapshot.uidValidity(),
                snapshot.uidNext(),
                snapshot.highestModSeq(),
                snapshot.size(),
                snapshot.size() - snapshot.count(MessageFlag.SEEN),
                snapshot.count(MessageFlag.DELETED),
                snapshot.totalSize());
    }
}
