package cz.digidig.client.mailbox;

import cz.digidig.client.backend.Conversation;
import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageSummary;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * A line of a list: a message, or a conversation by its newest message.
 *
 * @param message what it shows
 * @param who whom it is from; in folders of what was sent, whom it went to
 * @param messages how many messages it stands for
 * @param uids theirs, as a set
 * @param seen whether all of them were read
 */
public record Row(MessageSummary message, String who, int messages, String uids, boolean seen) {
    private static final int MOST_NAMED = 3;

    static List<Row> of(List<MessageSummary> messages, Folder folder) {
        return messages.stream()
                .map(message -> new Row(
                        message,
                        who(folder.outgoing() ? message.to() : message.from()),
                        1,
                        Long.toString(message.uid()),
                        message.seen()))
                .toList();
    }

    static List<Row> of(List<Conversation> conversations) {
        return conversations.stream()
                .map(one -> new Row(one.newest(), writers(one), one.messages(), one.uids(), one.unread() == 0))
                .toList();
    }

    /** Those who wrote last, in the order in which they did. */
    private static String writers(Conversation conversation) {
        SequencedSet<String> names = new LinkedHashSet<>();
        conversation.people().reversed().forEach(one -> names.add(one.shown()));
        List<String> last = names.stream().limit(MOST_NAMED).collect(Collectors.toList());
        Collections.reverse(last);
        return String.join(", ", last);
    }

    private static String who(List<Correspondent> people) {
        return people.stream().limit(MOST_NAMED).map(Correspondent::shown).collect(Collectors.joining(", "));
    }
}
