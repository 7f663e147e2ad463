package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.mailbox.SharedMailbox;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ImapResponse.Condition;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.ResponseWriter;
import cz.digidig.imap.protocol.SelectCommand;
import cz.digidig.imap.session.Account;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3; RFC 7162 §3.1.2). */
final class SelectHandler {
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;

    SelectHandler(MailboxDirectory mailboxes, MailboxSnapshotCache snapshots) {
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
    }

    Completion handle(Session session, SelectCommand command) throws IOException {
        Account account = session.account();
        ResponseWriter out = session.writer();
        if (session.state() instanceof SessionState.Selected) {
            session.deselect();
            out.write(new ImapResponse.Untagged(Condition.OK, ResponseCode.Plain.CLOSED, "The one before is closed"));
        }
        Mailbox mailbox = mailboxes
                .find(account.id(), command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox"));
        if (command.condstore()) {
            session.enable(Extension.CONDSTORE);
        }
        MailboxView view = open(account, mailbox);
        session.select(new SessionState.Selected(account, mailbox.id(), command.mailbox(), view, command.access()));
        describe(session, command, mailbox, view.messages());
        return command.access() == SelectCommand.Access.READ_ONLY
                ? Completion.ok(ResponseCode.Plain.READ_ONLY, "Selected to read")
                : Completion.ok(ResponseCode.Plain.READ_WRITE, "Selected");
    }

    private MailboxView open(Account account, Mailbox mailbox) {
        SharedMailbox shared = snapshots.acquire(account.id(), mailbox.id());
        boolean opened = false;
        try {
            MailboxView view = new MailboxView(shared);
            opened = true;
            return view;
        } catch (MailStore.MailboxGone _) {
            mailboxes.mailboxesChanged(account.id());
            throw new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox");
        } finally {
            if (!opened) {
                snapshots.release(shared);
            }
        }
    }

    private static void describe(Session session, SelectCommand command, Mailbox mailbox, MailboxSnapshot messages)
            throws IOException {
        ResponseWriter out = session.writer();
        List<String> flags = new ArrayList<>(
                Arrays.stream(MessageFlag.values()).map(MessageFlag::imapName).toList());
        flags.addAll(messages.keywords());
        out.write(new ImapResponse.Flags(flags));
        out.write(new ImapResponse.Exists(messages.size()));
        if (session.isEnabled(Extension.IMAP4REV2)) {
            // RFC 9051 §6.3.2: the name as the server knows it.
            out.write(new ImapResponse.Mailbox(ImapResponse.Mailbox.Kind.LIST, List.of(), command.mailbox(), false));
        } else {
            out.write(new ImapResponse.Recent(0));
            int unseen = messages.firstUnseen();
            if (unseen >= 0) {
                note(out, new ResponseCode.Unseen(unseen + 1), "First unseen");
            }
        }
        if (command.access() == SelectCommand.Access.READ_ONLY) {
            flags.clear();
        } else {
            flags.add("\\*");
        }
        note(out, new ResponseCode.PermanentFlags(flags), "Flags that can be changed");
        note(out, new ResponseCode.UidValidity(messages.uidValidity()), "UIDs are valid");
        note(out, new ResponseCode.UidNext(messages.uidNext()), "Next UID");
        note(out, new ResponseCode.HighestModSeq(Math.max(1, messages.highestModSeq())), "Highest");
        note(out, new ResponseCode.MailboxId(mailbox.id()), "Id");
    }

    private static void note(ResponseWriter out, ResponseCode code, String text) throws IOException {
        out.write(new ImapResponse.Untagged(Condition.OK, code, text));
    }
}
