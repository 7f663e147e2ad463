package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ListCommand;
import cz.digidig.imap.protocol.ListCommand.Return;
import cz.digidig.imap.protocol.ListCommand.Select;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.protocol.StatusItem;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** LIST (RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154). */
final class ListHandler {
    private final MailboxDirectory mailboxes;

    ListHandler(MailboxDirectory mailboxes) {
        this.mailboxes = mailboxes;
    }

    Completion handle(Session session, ListCommand command) throws IOException {
        String account = session.account().id();
        if (command.patterns().size() == 1
                && command.patterns().getFirst().path().isEmpty()) {
            // RFC 9051 §6.3.9: an empty pattern asks for the separator.
            session.writer()
                    .write(new ImapResponse.Mailbox(
                            ImapResponse.Mailbox.Kind.LIST, List.of("\\Noselect"), new MailboxName(""), false));
            return Completion.ok("That is the separator");
        }
        Set<StatusItem> status = command.status();
        MailboxTree tree =
                new MailboxTree(status == null ? mailboxes.list(account) : mailboxes.listWithCounters(account));
        List<String> patterns = command.patterns().stream()
                .map(pattern -> MailboxName.of(command.reference().path() + pattern.path())
                        .path())
                .toList();
        for (MailboxTree.Node node : tree.matching(patterns)) {
            Mailbox mailbox = node.mailbox();
            boolean selected = isSelected(command, mailbox);
            boolean childInfo = command.select().contains(Select.RECURSIVEMATCH)
                    && tree.hasBelow(node, below -> isSelected(command, below));
            if (!selected && !childInfo) {
                continue;
            }
            session.writer()
                    .write(new ImapResponse.Mailbox(
                            ImapResponse.Mailbox.Kind.LIST, attributes(command, tree, node), node.name(), childInfo));
            if (status != null && mailbox != null) {
                session.writer()
                        .write(new ImapResponse.Status(
                                node.name(), StatusValues.of(mailbox, status, session.limits())));
            }
        }
        return Completion.ok("Listed");
    }

    private static boolean isSelected(ListCommand command, @org.jspecify.annotations.Nullable Mailbox mailbox) {
        boolean subscribed = command.select().contains(Select.SUBSCRIBED);
        boolean specialUse = command.select().contains(Select.SPECIAL_USE);
        if (mailbox == null) {
            return !subscribed && !specialUse;
        }
        return (!subscribed || mailbox.subscribed()) && (!specialUse || mailbox.specialUse() != null);
    }

    private static List<String> attributes(ListCommand command, MailboxTree tree, MailboxTree.Node node) {
        List<String> attributes = new ArrayList<>();
        Mailbox mailbox = node.mailbox();
        if (mailbox == null) {
            attributes.add(command.extended() ? "\\NonExistent" : "\\Noselect");
        } else if (mailbox.subscribed()
                && (command.select().contains(Select.SUBSCRIBED)
                        || command.returns().contains(Return.SUBSCRIBED))) {
            attributes.add("\\Subscribed");
        }
        attributes.add(tree.hasBelow(node, _ -> true) ? "\\HasChildren" : "\\HasNoChildren");
        if (mailbox != null && mailbox.specialUse() != null) {
            attributes.add("\\" + mailbox.specialUse());
        }
        return attributes;
    }
}
