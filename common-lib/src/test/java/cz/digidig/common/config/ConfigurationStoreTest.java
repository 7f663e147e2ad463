package cz.digidig.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.rest.InvalidFields;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
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
                folder,
                "test",
                Settings.class,
                DEFAULTS,
                JsonMapper.builder().build(),
                VALIDATOR,
                Clock.systemUTC(),
                FileStep.Watch.NOBODY);
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
        open().patch("{\"limits\":{\"most\":7}}", null, "tester");
        assertThat(open().current()).isEqualTo(new Settings("a", new Limits(7, 1), List.of()));
        assertThat(files()).containsExactly("config-history", "test_config.json");
    }

    @Test
    void aFieldSetToNullGetsItsDefaultAgain() throws IOException {
        ConfigurationStore<Settings> store = open();
        store.patch("{\"name\":\"b\",\"limits\":{\"most\":7}}", null, "tester");
        store.patch("{\"limits\":null}", null, "tester");
        assertThat(store.current()).isEqualTo(new Settings("b", new Limits(5, 1), List.of()));
        store.replace("{}", null, "tester");
        assertThat(store.current()).isEqualTo(DEFAULTS);
    }

    @Test
    void whatIsNotAllowedChangesNothing() throws IOException {
        ConfigurationStore<Settings> store = open();
        assertThatThrownBy(() -> store.patch("{\"name\":\"b\",\"limits\":{\"most\":11}}", null, "tester"))
                .isInstanceOfSatisfying(InvalidFields.class, invalid -> assertThat(
                                invalid.problems().getFirst().field())
                        .isEqualTo("limits.most"));
        for (String bad : List.of(
                "{\"limits\":{\"most\":\"7\"}}",
                "{\"limits\":{\"most\":7.5}}",
                "{\"limits\":{\"mots\":7}}",
                "[]",
                "{")) {
            assertThatThrownBy(() -> store.patch(bad, null, "tester")).as(bad).isInstanceOf(RuntimeException.class);
        }
        assertThat(store.current()).isEqualTo(DEFAULTS);
        assertThat(files()).isEmpty();
    }

    @Test
    void aStaleETagIsRefused() throws IOException {
        ConfigurationStore<Settings> store = open();
        String etag = store.etag();
        store.patch("{\"name\":\"b\"}", etag, "tester");
        assertThatThrownBy(() -> store.patch("{\"name\":\"c\"}", etag, "tester"))
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
        assertThatThrownBy(() -> store.patch("{\"name\":\"b\"}", null, "tester"))
                .hasMessage("port 25 is taken");
        assertThat(heard).containsExactly("a>b", "b>a");
        assertThat(store.current()).isEqualTo(DEFAULTS);
    }

    @Test
    void anUnreadableFileIsKeptAsideAndTheLastGoodVersionUsed() throws IOException {
        ConfigurationStore<Settings> store = open();
        store.patch("{\"name\":\"good\"}", null, "tester");
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
        store.patch("{\"name\":\"c\"}", null, "tester");
        assertThat(store.trouble()).isEmpty();
        assertThat(open().trouble()).isEmpty();
        assertThat(open().current()).isEqualTo(new Settings("c", new Limits(7, 1), List.of()));
    }

    @Test
    void onlyTheLastVersionsAreKept() throws IOException {
        ConfigurationStore<Settings> store = open();
        for (int i = 0; i < 25; i++) {
            store.patch("{\"name\":\"" + i + "\"}", null, "tester");
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
                Clock.systemUTC(),
                FileStep.Watch.NOBODY);
    }

    @Test
    void aSecretIsNeverShownAndItsMaskStandsForIt() throws IOException {
        ConfigurationStore<House> store = openHouse();
        store.replace(
                "{\"doors\":[{\"name\":\"a\",\"password\":\"p-a\"},{\"name\":\"b\",\"password\":\"p-b\"}]}",
                null,
                "tester");
        String shown = store.tree().toString();
        assertThat(shown).doesNotContain("p-a").contains("********");
        String version = store.history().getFirst().id();
        assertThat(store.version(version).orElseThrow()).doesNotContain("p-a").contains("\"a\"");

        store.replace(shown, null, "tester");
        assertThat(store.current().doors()).extracting(Door::password).containsExactly("p-a", "p-b");
        store.patch("{\"doors\":[{\"name\":\"b\",\"password\":\"********\"}],\"rooms\":3}", null, "tester");
        assertThat(openHouse().current().doors()).containsExactly(new Door("b", "p-b"));
    }

    @Test
    void aMaskThatStandsForNothingIsRefused() throws IOException {
        ConfigurationStore<House> store = openHouse();
        assertThatThrownBy(
                        () -> store.replace("{\"doors\":[{\"name\":\"a\",\"password\":\"********\"}]}", null, "tester"))
                .isInstanceOfSatisfying(InvalidFields.class, invalid -> assertThat(
                                invalid.problems().getFirst().field())
                        .isEqualTo("doors[0].password"));
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve("house_config.json"));
    }

    private static final String SECRET = "{\"doors\":[{\"name\":\"a\",\"password\":\"s3cret\"}]}";

    @Test
    void inTheFilesASecretIsEncryptedUnderAKeyOfItsOwn() throws IOException {
        openHouse().replace(SECRET, null, "tester");

        assertThat(openHouse().current().doors()).containsExactly(new Door("a", "s3cret"));
        Path key = folder.resolve("house_config.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("s3cret");
            }
        }
        String first = text();
        openHouse().patch("{\"rooms\":2}", null, "tester");
        assertThat(text()).as("no two encryptions look alike").doesNotContain(sealed(first));
    }

    private static String sealed(String text) {
        return text.replaceAll("(?s).*(encrypted:v1:[^\"]+).*", "$1");
    }

    @Test
    void aSecretInClearIsTakenAndEncryptedAtTheNextSave() throws IOException {
        Files.writeString(folder.resolve("house_config.json"), SECRET);
        ConfigurationStore<House> store = openHouse();
        assertThat(store.current().doors()).containsExactly(new Door("a", "s3cret"));
        assertThat(store.lostSecrets()).isEmpty();

        store.patch("{\"rooms\":2}", null, "tester");

        assertThat(text()).doesNotContain("s3cret").contains("encrypted:v1:");
        assertThat(openHouse().current().doors()).containsExactly(new Door("a", "s3cret"));
    }

    @Test
    void withoutItsKeyASecretIsNamedAndAllElseWorks() throws IOException {
        openHouse().replace(SECRET, null, "tester");
        openHouse().patch("{\"rooms\":2}", null, "tester");
        Files.delete(folder.resolve("house_config.key"));

        ConfigurationStore<House> store = openHouse();
        assertThat(store.current()).isEqualTo(new House(List.of(new Door("a", "")), 2));
        assertThat(store.lostSecrets()).containsExactly("doors[0].password");
        assertThat(store.trouble())
                .hasValueSatisfying(trouble ->
                        assertThat(trouble).contains("doors[0].password").doesNotContain("s3cret"));
        String version = store.history().getLast().id();
        assertThatThrownBy(() -> store.restore(version, null, "tester"))
                .isInstanceOfSatisfying(InvalidFields.class, invalid -> assertThat(
                                invalid.problems().getFirst().field())
                        .isEqualTo("doors[0].password"));

        store.patch("{\"rooms\":3}", null, "tester");
        assertThat(store.lostSecrets()).containsExactly("doors[0].password");
        store.patch(SECRET, null, "tester");
        assertThat(store.lostSecrets()).isEmpty();
        assertThat(openHouse().current()).isEqualTo(new House(List.of(new Door("a", "s3cret")), 3));
    }

    @Test
    void aKeyThatIsNoneIsKeptAside() throws IOException {
        openHouse().replace(SECRET, null, "tester");
        Files.writeString(folder.resolve("house_config.key"), "not a key");
        ConfigurationStore<House> store = openHouse();
        assertThat(store.lostSecrets()).containsExactly("doors[0].password");
        store.patch(SECRET, null, "tester");
        assertThat(files()).anyMatch(name -> name.startsWith("house_config.key.corrupt-"));
        assertThat(openHouse().current().doors()).containsExactly(new Door("a", "s3cret"));
    }

    @Test
    void theHistoryKnowsWhoAndGoesBack() throws IOException {
        ConfigurationStore<House> store = openHouse();
        assertThat(store.lastChange()).isEmpty();
        store.replace(SECRET, null, "ann@digidig.test");
        store.patch("{\"doors\":[],\"rooms\":2}", null, "bob@digidig.test");
        assertThat(store.history())
                .extracting(ConfigurationVersion::changedBy, ConfigurationVersion::inEffect)
                .containsExactly(tuple("bob@digidig.test", true), tuple("ann@digidig.test", false));
        assertThat(store.lastChange())
                .hasValueSatisfying(last -> assertThat(last.changedBy()).isEqualTo("bob@digidig.test"));
        String version = store.history().getLast().id();
        String etag = store.etag();

        assertThatThrownBy(() -> store.restore(version, "\"old\"", "eve")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> store.restore("20200101T000000.000000Z", etag, "eve"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.NOT_FOUND));
        store.restore(version, etag, "eve@digidig.test");

        assertThat(openHouse().current()).isEqualTo(new House(List.of(new Door("a", "s3cret")), 1));
        assertThat(openHouse().lastChange())
                .hasValueSatisfying(last -> assertThat(last.changedBy()).isEqualTo("eve@digidig.test"));
        Files.writeString(folder.resolve("house_config.json"), "{\"rooms\":7}");
        assertThat(openHouse().lastChange())
                .as("nobody knows who edited the file")
                .isEmpty();
    }

    @Test
    void aSaveThatFailsLeavesTheFileAsItWas() throws IOException {
        openHouse().replace(SECRET, null, "tester");
        String before = text();
        for (FileStep failing : FileStep.values()) {
            ConfigurationStore<House> store = new ConfigurationStore<>(
                    folder,
                    "house",
                    House.class,
                    new House(List.of(), 1),
                    JsonMapper.builder().build(),
                    VALIDATOR,
                    Clock.systemUTC(),
                    (step, file) -> {
                        if (step == failing && file.toString().contains("house_config.json")) {
                            throw new IOException("the disk is broken");
                        }
                    });
            if (failing == FileStep.DELETE) {
                continue;
            }
            assertThatThrownBy(() -> store.patch("{\"rooms\":9}", null, "tester"))
                    .as("%s", failing)
                    .isInstanceOf(IOException.class);
            assertThat(store.current().rooms()).isEqualTo(1);
        }
        assertThat(text()).isEqualTo(before);
    }

    enum Colour {
        @JsonProperty("red")
        @Schema(title = "Red as a rose")
        RED,
        @JsonProperty("blue")
        @Schema(title = "Blue")
        BLUE
    }

    record Form(
            @Setting(group = "First") @Schema(title = "Zeta", description = "What comes first")
            String zeta,

            @Setting(unit = "s") @Min(1) int alpha,
            List<Door> doors,
            Colour colour) {}

    @Test
    void theSchemaHasWhatAFormNeeds() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        JsonNode schema =
                ConfigurationSchema.of(Form.class, mapper.valueToTree(new Form("z", 5, List.of(), Colour.RED)));
        JsonNode properties = schema.get("properties");
        assertThat(properties.propertyNames()).containsExactly("zeta", "alpha", "doors", "colour");
        assertThat(properties.at("/zeta/x-group").stringValue()).isEqualTo("First");
        assertThat(properties.at("/zeta/title").stringValue()).isEqualTo("Zeta");
        assertThat(properties.at("/zeta/default").stringValue()).isEqualTo("z");
        assertThat(properties.at("/alpha/x-unit").stringValue()).isEqualTo("s");
        assertThat(properties.at("/alpha/minimum").intValue()).isEqualTo(1);
        assertThat(properties.at("/doors/items/properties/password/writeOnly").booleanValue())
                .isTrue();
        assertThat(schema.toString()).contains("\"x-enum-titles\":{\"red\":\"Red as a rose\",\"blue\":\"Blue\"}");
    }
}
