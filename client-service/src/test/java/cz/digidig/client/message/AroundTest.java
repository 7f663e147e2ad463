package cz.digidig.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.backend.Conversation.Placed;
import cz.digidig.client.backend.FoundMessage.Place;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.mailbox.Folder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AroundTest {
    private static final Folder INBOX = folder("INBOX", "inbox");
    private static final Folder TRASH = folder("Trash", "trash");
    private static final List<Folder> FOLDERS = List.of(INBOX, folder("Sent", "sent"), TRASH);

    private static Folder folder(String path, String kind) {
        return new Folder(path, path, path, 0, kind, 0, 0, 0, true);
    }

    private static MessageSummary message(int number, boolean seen) {
        List<String> flags = seen ? List.of("\\Seen") : List.of();
        return new MessageSummary(
                "m" + number,
                number,
                "t",
                "s",
                List.of(),
                List.of(),
                null,
                Instant.EPOCH,
                1,
                flags,
                List.of(),
                "",
                false);
    }

    private static Placed in(String path, int number, boolean seen) {
        return new Placed(new Place(path, path, null), message(number, seen));
    }

    private static List<String> ids(List<Around.Folded> folded) {
        return folded.stream().map(one -> one.message().id()).toList();
    }

    private final List<Placed> conversation = List.of(
            in("INBOX", 1, true),
            in("Sent", 2, true),
            in("Trash", 3, true),
            in("INBOX", 4, false),
            in("Sent", 5, true));

    @Test
    void othersStandAroundTheOneThatIsOpenWithoutWhatWasThrownAway() {
        Around around = Around.of(conversation, message(4, false), INBOX, FOLDERS);
        assertThat(ids(around.before())).containsExactly("m1", "m2");
        assertThat(ids(around.after())).containsExactly("m5");
        assertThat(around.here()).isEqualTo("1,4");
        assertThat(around.unread()).isEqualTo("4");
    }

    @Test
    void inTheTrashWhatIsThereBelongsToIt() {
        Around around = Around.of(conversation, message(3, true), TRASH, FOLDERS);
        assertThat(ids(around.before())).containsExactly("m1", "m2");
        assertThat(around.here()).isEqualTo("3");
        assertThat(around.unread()).isEmpty();
    }

    @Test
    void aMessageThatTheConversationLacksIsAlone() {
        Around around = Around.of(List.of(), message(9, false), INBOX, FOLDERS);
        assertThat(around).isEqualTo(new Around(List.of(), List.of(), "9", "9"));
    }
}
