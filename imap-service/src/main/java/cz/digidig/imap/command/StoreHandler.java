package cz.digidig.imap.command;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.mailbox.Rows;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.MessageRef;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.ResponseWriter;
import cz.digidig.imap.protocol.StoreCommand;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;

/** STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3), in one call for all messages. */
final class StoreHandler {
    Completion handle(Session session, StoreCommand command) throws IOException {
        SessionState.Selected selected = session.selected();
        MailboxView view = selected.view();
        if (selected.readOnly()) {
            throw new Refused(ResponseCode.Plain.READ_ONLY, "The mailbox is selected to read");
        }
        if (command.unchangedSince() != null) {
            session.enable(Extension.CONDSTORE);
        }
        UidSet uids = view.uids(command.by(), command.messages());
        if (uids.isEmpty()) {
            return Completion.ok("No messages");
        }
        MailStore.Flagged flagged =
                view.shared().storeFlags(uids, command.mode(), command.flags(), command.unchangedSince());
        view.told(flagged.changed());
        answer(session, command, flagged.changed());
        if (!flagged.modified().isEmpty()) {
            return Completion.ok(
                    new ResponseCode.Modified(numbers(view, command.by(), flagged.modified())),
                    "Some were changed meanwhile");
        }
        if (flagged.changed().count() < uids.size()) {
            return Completion.ok(ResponseCode.Plain.EXPUNGEISSUED, "Some messages are gone");
        }
        return Completion.ok("Stored");
    }

    private static void answer(Session session, StoreCommand command, Rows changed) throws IOException {
        boolean flags = command.answer() == StoreCommand.Answer.FLAGS;
        boolean modSeqs = session.isEnabled(Extension.CONDSTORE);
        if (!flags && !modSeqs) {
            return;
        }
        ResponseWriter out = session.writer();
        MailboxSnapshot messages = session.selected().view().messages();
        MailboxSnapshot.Row row = messages.row();
        for (long uid : changed.uid()) {
            int index = messages.find(uid);
            if (index < 0) {
                continue;
            }
            row.moveTo(index);
            out.fetch(row.sequence());
            boolean written = false;
            if (flags) {
                out.flags(row.flags(), row.keywords());
                written = true;
            }
            if (command.by() == MessageRef.UID || !flags) {
                out.ascii(written ? " UID " : "UID ").number(uid);
            }
            if (modSeqs) {
                out.ascii(" MODSEQ (").number(row.modSeq()).octet(')');
            }
            out.fetchEnd();
        }
    }

    private static String numbers(MailboxView view, MessageRef by, UidSet uids) {
        if (by == MessageRef.UID) {
            return uids.toString();
        }
        UidSet.Builder sequences = new UidSet.Builder();
        for (int index : view.indexes(uids)) {
            sequences.add(index + 1L);
        }
        return sequences.build().toString();
    }
}
