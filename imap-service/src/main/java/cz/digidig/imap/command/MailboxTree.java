package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.protocol.MailboxName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An account's mailboxes as LIST and LSUB see them: also the levels above a mailbox that are none themselves. */
final class MailboxTree {
    private static final int MOST_PATTERN = 1000;

    /**
     * A name in the tree.
     *
     * @param name in full
     * @param mailbox null: there are only mailboxes below
     */
    record Node(MailboxName name, @Nullable Mailbox mailbox) {}

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    MailboxTree(List<Mailbox> mailboxes) {
        for (Mailbox mailbox : mailboxes) {
            String path = mailbox.path();
            for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
                nodes.putIfAbsent(path.substring(0, end), new Node(new MailboxName(path.substring(0, end)), null));
            }
            nodes.put(path, new Node(new MailboxName(path), mailbox));
        }
    }

    /** The nodes that match one of the patterns, each once. */
    List<Node> matching(List<String> patterns) {
        List<Node> matching = new ArrayList<>();
        for (Node node : nodes.values()) {
            for (String pattern : patterns) {
                if (pattern.length() <= MOST_PATTERN
                        && matches(pattern, node.name().path())) {
                    matching.add(node);
                    break;
                }
            }
        }
        return matching;
    }

    boolean hasBelow(Node node, Predicate<Mailbox> wanted) {
        String path = node.name().path();
        for (Node other : nodes.values()) {
            Mailbox mailbox = other.mailbox();
            if (mailbox != null && other.name().isBelow(path) && wanted.test(mailbox)) {
                return true;
            }
        }
        return false;
    }

    /** {@code *}: anything; {@code %}: anything without a separator (RFC 9051 §6.3.9). In time of name x pattern. */
    static boolean matches(String pattern, String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char c = pattern.charAt(p);
            if (c == '*' || c == '%') {
                for (int i = 1; i <= name.length(); i++) {
                    reached[i] |= reached[i - 1] && (c == '*' || name.charAt(i - 1) != MailboxName.SEPARATOR);
                }
            } else {
                for (int i = name.length(); i > 0; i--) {
                    reached[i] = reached[i - 1] && name.charAt(i - 1) == c;
                }
                reached[0] = false;
            }
        }
        return reached[name.length()];
    }
}
