package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.MessageRef;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.SequenceSet;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import org.jspecify.annotations.Nullable;

/** EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9; RFC 7162 §3.1.5). The view reports what went. */
final class ExpungeHandler {
    /** @param messages UIDs, or null for all */
    Completion handle(Session session, @Nullable SequenceSet messages) {
        SessionState.Selected selected = session.selected();
        if (selected.readOnly()) {
            throw new Refused(ResponseCode.Plain.READ_ONLY, "The mailbox is selected to read");
        }
        UidSet uids = messages == null ? null : selected.view().uids(MessageRef.UID, messages);
        boolean none = selected.view().shared().current().count(MessageFlag.DELETED) == 0;
        if (none || (uids != null && uids.isEmpty())) {
            return Completion.ok("Nothing to expunge");
        }
        MailStore.Expunged expunged = selected.view().shared().expunge(uids);
        if (session.isEnabled(Extension.CONDSTORE) && !expunged.uids().isEmpty()) {
            return Completion.ok(new ResponseCode.HighestModSeq(expunged.highestModSeq()), "Expunged");
        }
        return Completion.ok("Expunged");
    }
}
