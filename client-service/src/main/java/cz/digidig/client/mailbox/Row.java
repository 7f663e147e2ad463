package cz.digidig.client.mailbox;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageSummary;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a list.
 *
 * @param message what it shows
 * @param who whom it is from; in folders of what was sent, whom it went to
 */
public record Row(MessageSummary message, String who) {
    static List<Row> of(List<MessageSummary> messages, Folder folder) {
        return messages.stream()
                .map(message -> new Row(message, who(folder.outgoing() ? message.to() : message.from())))
                .toList();
    }

    private static String who(List<Correspondent> people) {
        return people.stream().limit(3).map(Correspondent::shown).collect(Collectors.joining(", "));
    }
}
