package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.protocol.CreateCommand;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE (RFC 9051 §6.3.4, RFC 6154 §3, RFC 8474 §4.1). */
final class CreateHandler {
    private static final Set<String> SPECIAL_USES = Set.of("Archive", "Drafts", "Junk", "Sent", "Trash");

    private final MailStore store;
    private final MailboxDirectory mailboxes;

    CreateHandler(MailStore store, MailboxDirectory mailboxes) {
        this.store = store;
        this.mailboxes = mailboxes;
    }

    Completion handle(Session session, CreateCommand command) {
        String account = session.account().id();
        if (command.mailbox().isInbox()) {
            throw new Refused(ResponseCode.Plain.ALREADYEXISTS, "INBOX is always there");
        }
        Mailbox made;
        try {
            made = store.create(account, command.mailbox(), specialUse(command.specialUse()));
        } finally {
            mailboxes.mailboxesChanged(account);
        }
        return Completion.ok(new ResponseCode.MailboxId(made.id()), "Created");
    }

    private static @Nullable String specialUse(@Nullable String asked) {
        if (asked == null) {
            return null;
        }
        return SPECIAL_USES.stream()
                .filter(asked::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new Refused(ResponseCode.Plain.USEATTR, "No such special use can be given"));
    }
}
