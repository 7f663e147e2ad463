package cz.digidig.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import cz.digidig.identity.throttle.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final Duration LIFE = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final MutableClock clock = new MutableClock();

    private SigningKeys open() {
        return new SigningKeys(folder.resolve("keys"), LIFE, clock);
    }

    private static List<String> ids(SigningKeys keys) {
        return keys.valid().getKeys().stream().map(JWK::getKeyID).toList();
    }

    @Test
    void theFirstKeyIsKeptForTheNextStartAndForNobodyElse() throws IOException {
        SigningKeys first = open();
        Path file = folder.resolve("keys/signing-keys.json");

        assertThat(open().active()).isEqualTo(first.active());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aRetiredKeyStaysValidAsLongAsItsTokens() {
        SigningKeys keys = open();
        String old = keys.active().getKeyID();
        keys.rotate();
        String now = keys.active().getKeyID();

        assertThat(now).isNotEqualTo(old);
        assertThat(ids(keys)).containsExactly(now, old);
        assertThat(ids(open())).containsExactly(now, old);

        clock.advance(LIFE.plusMinutes(6));
        assertThat(ids(keys)).containsExactly(now);
        keys.rotate();
        assertThat(ids(keys)).hasSize(2).doesNotContain(old);
    }

    @Test
    void twoProcessesSeeEachOthersKeys() {
        SigningKeys one = open();
        SigningKeys other = open();
        String first = one.active().getKeyID();
        one.rotate();
        String second = one.active().getKeyID();

        assertThat(ids(other)).containsExactly(second, first);
        other.rotate();
        assertThat(ids(one)).containsExactly(other.active().getKeyID(), second, first);
    }

    @Test
    void publicKeysHoldNothingSecret() {
        assertThat(open().valid().toPublicJWKSet().toString())
                .contains("\"kid\"")
                .doesNotContain("\"d\"");
    }

    @Test
    void aFileThatIsNotKeysStopsTheStartInsteadOfReplacingThem() throws IOException {
        open();
        Files.writeString(folder.resolve("keys/signing-keys.json"), "{");

        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot be read");
    }
}
