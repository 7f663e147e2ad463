package cz.digidig.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.rest.InvalidFields;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationStoreTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    record Limits(@Min(1) @Max(10) int most, int least) {}

    record Settings(
            String name,
            @NotNull @Valid Limits limits,
            @Nullable List<String> servers) {}

    private static final Settings DEFAULTS = new Settings("a", new Limits(5, 1), List.of());

    @TempDir
    private Path folder;

    private ConfigurationStore<Settings> open() {
        return new ConfigurationStore<>(
                folder, "test", Settings.class, DEFAULTS, JsonMapper.builder().build(), VALIDATOR, Clock.systemUTC());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void withoutAFileTheDefaultsHold() throws IOException {
        assertThat(open().current()).isEqualTo(DEFAULTS);
        assertThat(files()).isEmpty();
    }

    @Test
    void aChangeOutlivesARestart() throws IOException {
        open().patch("{\"limits\":{\"most\":7}}", null);
        assertThat(open().current()).isEqualTo(new Settings("a", new Limits(7, 1), List.of()));
        assertThat(files()).containsExactly("config-history", "test_config.json");
    }

    @Test
    void aFieldSetToNullGetsItsDefaultAgain() throws IOException {
        ConfigurationStore<Settings> store = open();
        store.patch("{\"name\":\"b\",\"limits\":{\"most\":7}}", null);
        store.patch("{\"limits\":null}", null);
        assertThat(store.current()).isEqualTo(new Settings("b", new Limits(5, 1), List.of()));
        store.replace("{}", null);
        assertThat(store.current()).isEqualTo(DEFAULTS);
    }

    @Test
    void whatIsNotAllowedChangesNothing() throws IOException {
        ConfigurationStore<Settings> store = open();
        assertThatThrownBy(() -> store.patch("{\"name\":\"b\",\"limits\":{\"most\":11}}", null))
                .isInstanceOfSatisfying(InvalidFields.class, invalid -> assertThat(
                                invalid.problems().getFirst().field())
                        .isEqualTo("limits.most"));
        for (String bad : List.of(
                "{\"limits\":{\"most\":\"7\"}}",
                "{\"limits\":{\"most\":7.5}}",
                "{\"limits\":{\"mots\":7}}",
                "[]",
                "{")) {
            assertThatThrownBy(() -> store.patch(bad, null)).as(bad).isInstanceOf(RuntimeException.class);
        }
        assertThat(store.current()).isEqualTo(DEFAULTS);
        assertThat(files()).isEmpty();
    }

    @Test
    void aStaleETagIsRefused() throws IOException {
        ConfigurationStore<Settings> store = open();
        String etag = store.etag();
        store.patch("{\"name\":\"b\"}", etag);
        assertThatThrownBy(() -> store.patch("{\"name\":\"c\"}", etag))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.CHANGED_MEANWHILE));
    }

    @Test
    void aRefusedChangeIsUndone() {
        ConfigurationStore<Settings> store = open();
        List<String> heard = new ArrayList<>();
        store.onChange((before, after) -> heard.add(before.name() + ">" + after.name()));
        store.onChange((_, _) -> {
            throw new ChangeRefused("port 25 is taken");
        });
        assertThatThrownBy(() -> store.patch("{\"name\":\"b\"}", null)).hasMessage("port 25 is taken");
        assertThat(heard).containsExactly("a>b", "b>a");
        assertThat(store.current()).isEqualTo(DEFAULTS);
    }

    @Test
    void anUnreadableFileIsKeptAsideAndTheLastGoodVersionUsed() throws IOException {
        ConfigurationStore<Settings> store = open();
        store.patch("{\"name\":\"good\"}", null);
        Files.writeString(folder.resolve("test_config.json"), "{\"name\":\"go");

        ConfigurationStore<Settings> again = open();

        assertThat(again.current().name()).isEqualTo("good");
        assertThat(again.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains(".corrupt-"));
        assertThat(files()).anyMatch(name -> name.startsWith("test_config.json.corrupt-"));
        assertThat(open().current().name()).isEqualTo("good");
        assertThat(open().trouble()).isEmpty();
    }

    @Test
    void fieldsOfANewerReleaseArePassedOverAndTold() throws IOException {
        String newer = "{\"name\":\"b\",\"limits\":{\"most\":7,\"mode\":{\"a\":[1]}},\"later\":true}";
        Files.writeString(folder.resolve("test_config.json"), newer);

        ConfigurationStore<Settings> store = open();

        assertThat(store.current()).isEqualTo(new Settings("b", new Limits(7, 1), List.of()));
        assertThat(store.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("this release does not know"));
        assertThat(folder.resolve("test_config.json")).hasContent(newer);
        store.patch("{\"name\":\"c\"}", null);
        assertThat(store.trouble()).isEmpty();
        assertThat(open().trouble()).isEmpty();
        assertThat(open().current()).isEqualTo(new Settings("c", new Limits(7, 1), List.of()));
    }

    @Test
    void onlyTheLastVersionsAreKept() throws IOException {
        ConfigurationStore<Settings> store = open();
        for (int i = 0; i < 25; i++) {
            store.patch("{\"name\":\"" + i + "\"}", null);
        }
        assertThat(store.history()).hasSize(ConfigurationFiles.MOST_KEPT);
        assertThat(store.version(store.history().getFirst().id()))
                .hasValueSatisfying(text -> assertThat(text).contains("24"));
        assertThat(store.version("../test_config")).isEmpty();
    }

    record Door(String name, String password) {}

    record House(List<Door> doors, int rooms) {}

    private ConfigurationStore<House> openHouse() {
        return new ConfigurationStore<>(
                folder,
                "house",
                House.class,
                new House(List.of(), 1),
                JsonMapper.builder().build(),
                VALIDATOR,
                Clock.systemUTC());
    }

    @Test
    void aSecretIsNeverShownAndItsMaskStandsForIt() throws IOException {
        ConfigurationStore<House> store = openHouse();
        store.replace(
                "{\"doors\":[{\"name\":\"a\",\"password\":\"p-a\"},{\"name\":\"b\",\"password\":\"p-b\"}]}", null);
        String shown = store.tree().toString();
        assertThat(shown).doesNotContain("p-a").contains("********");
        String version = store.history().getFirst().id();
        assertThat(store.version(version).orElseThrow()).doesNotContain("p-a").contains("\"a\"");

        store.replace(shown, null);
        assertThat(store.current().doors()).extracting(Door::password).containsExactly("p-a", "p-b");
        store.patch("{\"doors\":[{\"name\":\"b\",\"password\":\"********\"}],\"rooms\":3}", null);
        assertThat(openHouse().current().doors()).containsExactly(new Door("b", "p-b"));
    }

    @Test
    void aMaskThatStandsForNothingIsRefused() throws IOException {
        ConfigurationStore<House> store = openHouse();
        assertThatThrownBy(() -> store.replace("{\"doors\":[{\"name\":\"a\",\"password\":\"********\"}]}", null))
                .isInstanceOfSatisfying(InvalidFields.class, invalid -> assertThat(
                                invalid.problems().getFirst().field())
                        .isEqualTo("doors[0].password"));
    }
}
