package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.LsubCommand;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.util.List;

/** LSUB (RFC 3501 §6.3.9): subscribed mailboxes; with {@code %} also the level above one, as {@code \Noselect}. */
final class LsubHandler {
    private final MailboxDirectory mailboxes;

    LsubHandler(MailboxDirectory mailboxes) {
        this.mailboxes = mailboxes;
    }

    Completion handle(Session session, LsubCommand command) throws IOException {
        MailboxTree tree = new MailboxTree(mailboxes.list(session.account().id()));
        String pattern = MailboxName.of(
                        command.reference().path() + command.pattern().path())
                .path();
        for (MailboxTree.Node node : tree.matching(List.of(pattern))) {
            Mailbox mailbox = node.mailbox();
            boolean subscribed = mailbox != null && mailbox.subscribed();
            if (subscribed || (pattern.indexOf('%') >= 0 && tree.hasBelow(node, Mailbox::subscribed))) {
                session.writer()
                        .write(new ImapResponse.Mailbox(
                                ImapResponse.Mailbox.Kind.LSUB,
                                subscribed ? List.of() : List.of("\\Noselect"),
                                node.name(),
                                false));
            }
        }
        return Completion.ok("Listed");
    }
}
