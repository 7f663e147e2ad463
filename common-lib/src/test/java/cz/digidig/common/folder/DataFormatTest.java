package cz.digidig.common.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormatTest {
    private final Path folder;
    private final List<Integer> done = new ArrayList<>();

    DataFormatTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Notes that it ran; fails as long as the folder has a file {@code broken}. */
    private record Step(int format, List<Integer> done) implements DataUpgrade {
        @Override
        public void upgrade(Path dataFolder) throws IOException {
            if (Files.exists(dataFolder.resolve("broken"))) {
                throw new IOException("no space left");
            }
            done.add(format);
        }
    }

    private void bringUp(String release, int... formats) {
        List<DataUpgrade> upgrades = new ArrayList<>();
        for (int format : formats) {
            upgrades.add(new Step(format, done));
        }
        new DataFormat(folder, release, upgrades).bringUp();
    }

    private String mark() throws IOException {
        return Files.readString(folder.resolve(DataFormat.FILE));
    }

    @Test
    void aNewFolderIsMarked() throws IOException {
        bringUp("0.1.0");
        assertThat(mark()).isEqualTo("1 0.1.0\n");
    }

    @Test
    void aFolderThatIsUpToDateIsLeftAsItIs() throws IOException {
        Files.writeString(folder.resolve(DataFormat.FILE), "2 0.2.0\n");
        bringUp("0.3.0", 2);
        assertThat(mark()).isEqualTo("2 0.2.0\n");
        assertThat(done).isEmpty();
    }

    @Test
    void upgradesRunOnceInTheirOrder() throws IOException {
        bringUp("0.1.0");
        bringUp("0.4.0", 3, 2, 4);
        assertThat(mark()).isEqualTo("4 0.4.0\n");
        bringUp("0.5.0", 2, 3, 4, 5);
        assertThat(mark()).isEqualTo("5 0.5.0\n");
        assertThat(done).containsExactly(2, 3, 4, 5);
    }

    @Test
    void aFailedUpgradeIsDoneAgain() throws IOException {
        bringUp("0.1.0");
        Files.createFile(folder.resolve("broken"));
        assertThatThrownBy(() -> bringUp("0.2.0", 2))
                .isInstanceOf(UnusableFolder.class)
                .hasMessageContainingAll("could not be brought to format 2", "no space left");
        assertThat(mark()).isEqualTo("1 0.1.0\n");
        Files.delete(folder.resolve("broken"));
        bringUp("0.2.0", 2);
        assertThat(mark()).isEqualTo("2 0.2.0\n");
    }

    @Test
    void newerDataIsRefusedAndNothingTouched() throws IOException {
        Files.writeString(folder.resolve(DataFormat.FILE), "3 0.9.0\n");
        assertThatThrownBy(() -> bringUp("0.1.0", 2)).isInstanceOfSatisfying(NewerData.class, refused -> {
            assertThat(refused)
                    .hasMessage("the data in " + folder + " is of format 3 (release 0.9.0), newer than this"
                            + " program, which knows formats up to 2");
            assertThat(refused.remedy()).contains("release 0.9.0 or a newer one", "Nothing was changed");
        });
        assertThat(mark()).isEqualTo("3 0.9.0\n");
        assertThat(done).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aMarkThatIsNoneIsRefused() throws IOException {
        Files.writeString(folder.resolve(DataFormat.FILE), "\0\0\0");
        assertThatThrownBy(() -> bringUp("0.1.0"))
                .isInstanceOf(UnusableFolder.class)
                .hasMessageContaining("can't be read");
    }
}
