package cz.digidig.client.export;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.mailbox.MessageFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a zip keeps of a message. */
class EntryNoteTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        for (EntryNote note : List.of(
                new EntryNote("INBOX", Set.of(), List.of()),
                new EntryNote(
                        "Work: 2026/a  b", Set.of(MessageFlag.SEEN, MessageFlag.DRAFT), List.of("$label1", "Work")))) {
            assertThat(EntryNote.read(note.text())).contains(note);
        }
    }

    @Test
    void commentsOfOthersAreNone() {
        for (String comment :
                List.of("", "made by zip", "Flags: \\Seen", "Flags: a\nFolder: b\nc", "Folder: a\nFlags: b")) {
            assertThat(EntryNote.read(comment)).as(comment).isEmpty();
        }
    }
}
