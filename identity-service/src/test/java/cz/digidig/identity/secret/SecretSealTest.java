package cz.digidig.identity.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSealTest {
    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void opensWhatAnEarlierProcessSealed() {
        byte[] sealed = new SecretSeal(folder.resolve("keys")).seal(SECRET, "row 1");
        assertThat(new SecretSeal(folder.resolve("keys")).open(sealed, "row 1")).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        SecretSeal seal = new SecretSeal(folder);
        assertThat(seal.seal(SECRET, "row 1")).isNotEqualTo(seal.seal(SECRET, "row 1"));
    }

    @Test
    void theKeyIsForItsOwnerAlone() throws IOException {
        SecretSeal ignored = new SecretSeal(folder.resolve("keys"));
        assertThat(ignored).isNotNull();
        assertThat(Files.getPosixFilePermissions(folder.resolve("keys/secrets.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void opensNothingChangedAndNothingOfAnotherRowOrKey() {
        SecretSeal seal = new SecretSeal(folder.resolve("one"));
        byte[] sealed = seal.seal(SECRET, "row 1");
        assertThatThrownBy(() -> seal.open(sealed, "row 2")).isInstanceOf(SealBroken.class);
        SecretSeal other = new SecretSeal(folder.resolve("two"));
        assertThatThrownBy(() -> other.open(sealed, "row 1")).isInstanceOf(SealBroken.class);
        for (int at : new int[] {0, 1, 13, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> seal.open(changed, "row 1")).isInstanceOf(SealBroken.class);
        }
        assertThatThrownBy(() -> seal.open(new byte[5], "row 1")).isInstanceOf(SealBroken.class);
    }

    @Test
    void refusesAKeyFileThatWasCutOff() throws IOException {
        Files.write(folder.resolve("secrets.key"), new byte[16]);
        assertThatThrownBy(() -> new SecretSeal(folder)).isInstanceOf(IllegalStateException.class);
    }
}
