package cz.digidig.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.index.ChangedMailboxes.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerTest {
    private static final Pace UNHURRIED = new Pace() {
        @Override
        public void worked(int messages, long nanos) {}

        @Override
        public boolean stopping() {
            return false;
        }
    };

    private final ChangedMailboxes changed = new ChangedMailboxes();

    @TempDir
    private Path folder;

    private List<Mark> marked() {
        return changed.take(Integer.MAX_VALUE, System.nanoTime());
    }

    @Test
    void mailboxesThatWereNotLookedAtForAFailureAreLookedAtLater() throws IOException {
        IndexKeeper keeper = new IndexKeeper(folder, 1);
        Indexer indexer = new Indexer(new Unreachable(), changed, UNHURRIED, 10);
        for (int i = 0; i < 20; i++) {
            changed.add("account" + i, "mailbox" + i);
        }
        List<Mark> marks = marked();
        assertThatThrownBy(() -> indexer.update(keeper.open(), marks)).isInstanceOf(MongoException.class);
        assertThat(marked()).extracting(Mark::mailbox).hasSize(20);
        keeper.close();
    }

    @Test
    void aMailboxWithMuchThatIsNewLetsOthersComeFirst() throws IOException {
        MessagesInMemory messages = new MessagesInMemory();
        for (int i = 0; i < 30; i++) {
            messages.add("words");
        }
        IndexKeeper keeper = new IndexKeeper(folder, 1);
        Indexer indexer = new Indexer(messages, changed, UNHURRIED, 2);
        changed.add("a", "m");
        List<Mark> marks = marked();
        changed.add("b", "other");
        indexer.update(keeper.open(), marks);
        assertThat(messages.read).isBetween(1, 29);
        List<Mark> next = marked();
        assertThat(next).extracting(Mark::mailbox).containsExactly("other", "m");
        assertThat(next.getLast().since()).isEqualTo(marks.getFirst().since());
        indexer.update(keeper.open(), next);
        assertThat(messages.read).isEqualTo(30);
        assertThat(marked()).isEmpty();
        keeper.close();
    }

    /** A database that doesn't answer. */
    private static final class Unreachable implements IndexSource {
        @Override
        public List<MailboxSummary> mailboxes(String account) {
            throw new MongoException("not reached");
        }

        @Override
        public MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit) {
            throw new MongoException("not reached");
        }

        @Override
        public List<IndexedMessage> indexed(List<String> ids) {
            throw new MongoException("not reached");
        }

        @Override
        public void walk(Consumer<List<Known>> step) {
            throw new MongoException("not reached");
        }
    }
}
