package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.SubscribeCommand;
import cz.digidig.imap.session.Session;
import java.util.Optional;

/** SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8). */
final class SubscribeHandler {
    private final MailStore store;
    private final MailboxDirectory mailboxes;

    SubscribeHandler(MailStore store, MailboxDirectory mailboxes) {
        this.store = store;
        this.mailboxes = mailboxes;
    }

    Completion handle(Session session, SubscribeCommand command) {
        String account = session.account().id();
        boolean on = command.wish() == SubscribeCommand.Wish.ON;
        Optional<Mailbox> mailbox = mailboxes.find(account, command.mailbox());
        if (mailbox.isEmpty()) {
            // Only what exists can be subscribed here, so nothing else can be on the list.
            if (on) {
                throw new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox");
            }
            return Completion.ok("It was not on the list");
        }
        if (mailbox.get().subscribed() != on) {
            try {
                store.subscribe(account, mailbox.get().id(), on);
            } finally {
                mailboxes.mailboxesChanged(account);
            }
        }
        return Completion.ok(on ? "Subscribed" : "Unsubscribed");
    }
}
