package cz.digidig.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.rest.InvalidFields;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is changed, and wherever the process dies meanwhile: the next start finds the former configuration or the new one. */
class ConfigurationCrashTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Settings(String name, @Min(0) @Max(9) int level, String password) {}

    private static final Settings DEFAULTS = new Settings("default", 1, "");

    /** One change, and the file step before which the process dies; beyond the last one: it doesn't. */
    record Move(String patch, int dies) {}

    /** Nobody catches it. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<String> patches = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(5).map(name -> "{\"name\":\"" + name + "\"}"),
                Arbitraries.integers().between(-2, 12).map(level -> "{\"level\":" + level + "}"),
                Arbitraries.strings().alpha().ofMaxLength(5).map(secret -> "{\"password\":\"" + secret + "\"}"),
                Arbitraries.of("{", "{\"name\":null}", "{\"unknown\":1}", "{\"password\":\"********\"}", "[]"));
        return Combinators.combine(patches, Arbitraries.integers().between(0, 24))
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 40)
    void everyStartFindsAWholeConfiguration(@ForAll("moves") List<Move> moves) throws IOException {
        Path folder = Files.createTempDirectory("config-crash");
        try {
            Settings expected = DEFAULTS;
            for (Move move : moves) {
                expected = moved(folder, expected, move);
            }
        } finally {
            delete(folder);
        }
    }

    /** Starts, changes, perhaps dies, starts again; what is in effect then. */
    private static Settings moved(Path folder, Settings expected, Move move) throws IOException {
        int[] steps = new int[1];
        ConfigurationStore<Settings> store = open(folder, (step, file) -> {
            if (++steps[0] > move.dies()) {
                if (step == FileStep.FORCE) {
                    // What was not forced may be there in part.
                    Files.writeString(file, "{\"na");
                }
                throw new Crash();
            }
        });
        assertThat(store.current()).isEqualTo(expected);
        boolean died = false;
        try {
            store.patch(move.patch(), null, "tester");
        } catch (ProblemException | InvalidFields refused) {
            assertThat(store.current()).isEqualTo(expected);
        } catch (Crash crash) {
            died = true;
        }
        ConfigurationStore<Settings> again = open(folder, FileStep.Watch.NOBODY);
        assertThat(again.trouble()).isEmpty();
        assertThat(again.lostSecrets()).isEmpty();
        if (!died) {
            assertThat(again.current()).isEqualTo(store.current());
        } else if (!again.current().equals(expected)) {
            // It came as far as the new name: then it is the new one, whole, and the same change changes nothing more.
            assertThat(again.current()).isEqualTo(patched(folder, move));
        }
        return again.current();
    }

    private static Settings patched(Path folder, Move move) throws IOException {
        ConfigurationStore<Settings> store = open(folder, FileStep.Watch.NOBODY);
        return store.patch(move.patch(), null, "tester");
    }

    private static ConfigurationStore<Settings> open(Path folder, FileStep.Watch watch) {
        return new ConfigurationStore<>(
                folder, "test", Settings.class, DEFAULTS, JSON, VALIDATOR, Clock.systemUTC(), watch);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
