package cz.digidig.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AccountFilesTest {
    record Value(String text) {}

    @TempDir
    Path folder;

    private AccountFiles<Value> files() {
        return new AccountFiles<>(
                folder.resolve("values"),
                JsonMapper.builder().build(),
                Clock.systemUTC(),
                Value.class,
                new Value("usual"));
    }

    @Test
    void whatWasChangedIsThereAfterARestart() {
        files().change("a1", before -> new Value(before.text() + " changed"));
        assertThat(files().of("a1").text()).isEqualTo("usual changed");
        assertThat(files().of("a2").text()).isEqualTo("usual");
    }

    @Test
    void whatCannotBeReadIsKeptAsideAndNotWrittenOver() throws IOException {
        Files.createDirectories(folder.resolve("values"));
        Files.writeString(folder.resolve("values/a1.json"), "{broken");
        files().change("a1", _ -> new Value("new"));
        try (var all = Files.list(folder.resolve("values"))) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.startsWith("a1.json.corrupt-"));
        }
    }

    @Test
    void namesLeadNowhereElse() {
        assertThatThrownBy(() -> files().of("../a")).isInstanceOf(IllegalArgumentException.class);
    }
}
