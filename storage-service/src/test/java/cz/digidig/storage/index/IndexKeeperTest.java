package cz.digidig.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexKeeperTest {
    @TempDir
    private Path folder;

    private final MessagesInMemory source = new MessagesInMemory();

    private IndexTrial open() {
        return new IndexTrial(folder, source, 10);
    }

    private static Set<Long> find(IndexTrial index, String text) {
        Set<Long> found = new HashSet<>();
        try (IndexView view = index.lookup().view("a", Duration.ofMinutes(1)).orElseThrow()) {
            TextCondition condition = new TextCondition.Contains(List.of(Region.BODY), text);
            assertThat(view.find(condition, (_, low) -> found.add(low), (_, low) -> found.add(low)))
                    .isTrue();
        }
        return found;
    }

    @Test
    void whatWasCommittedIsThereAfterACrashAndTheRestIsCaughtUp() {
        source.add("first needle");
        try (IndexTrial index = open()) {
            index.catchUp();
            assertThat(find(index, "needle")).containsExactly(1L);
        }
        source.add("second needle");
        try (IndexTrial index = open()) {
            assertThat(find(index, "needle")).containsExactly(1L);
            index.catchUp();
            assertThat(find(index, "needle")).containsExactlyInAnyOrder(1L, 2L);
            assertThat(source.read).isEqualTo(2);
        }
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        for (int i = 0; i < 30; i++) {
            source.add("needle " + i);
        }
        try (IndexTrial index = open()) {
            index.catchUp();
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> !each.endsWith("write.lock")).toList()) {
                byte[] octets = Files.readAllBytes(file);
                octets[octets.length / 2] ^= 0x55;
                Files.write(file, octets);
            }
        }
        try (IndexTrial index = open()) {
            index.catchUp();
            assertThat(find(index, "needle")).hasSize(30);
        }
    }

    @Test
    void anIndexThatFailsWhileItIsOpenIsMadeAnew() {
        source.add("needle");
        try (IndexTrial index = open()) {
            index.catchUp();
            index.keeper().damaged(new IOException("a trial"));
            assertThat(index.lookup().view("a", Duration.ofMinutes(1))).isEmpty();
            assertThat(index.keeper().trouble()).contains("damaged");
            index.catchUp();
            assertThat(find(index, "needle")).containsExactly(1L);
            assertThat(index.keeper().trouble()).isEmpty();
        }
    }

    @Test
    void anIndexOfAnotherFormatIsMadeAnew() throws IOException {
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "0").entrySet());
            writer.commit();
        }
        source.add("needle");
        try (IndexTrial index = open()) {
            index.catchUp();
            assertThat(find(index, "needle")).containsExactly(1L);
        }
    }

    @Test
    void anIndexThatAnotherProcessHasIsLeftAlone() {
        source.add("needle");
        try (IndexTrial index = open()) {
            index.catchUp();
            assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
            assertThat(find(index, "needle")).containsExactly(1L);
        }
    }

    @Test
    void afterADatabaseWasRestoredEverythingIsLookedAtAgain() {
        source.add("first");
        source.add("second");
        try (IndexTrial index = open()) {
            index.catchUp();
            source.restoreTo(1);
            index.catchUp();
            source.add("third needle");
            index.catchUp();
            assertThat(find(index, "needle")).hasSize(1);
        }
    }

    @Test
    void messagesInNoMailboxGoWhenTheyAreMany() {
        for (int i = 0; i < 700; i++) {
            source.add("needle " + i);
        }
        try (IndexTrial index = open()) {
            index.catchUp();
            assertThat(index.messages()).isEqualTo(700);
            source.expungeBelow(690);
            source.add("needle at last");
            index.catchUp();
            assertThat(find(index, "needle")).hasSize(12);
        }
    }
}
