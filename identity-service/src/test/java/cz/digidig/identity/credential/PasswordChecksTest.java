package cz.digidig.identity.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordChecksTest {
    private final PasswordHasher hasher = new PasswordHasher();
    private final PasswordChecks checks = new PasswordChecks(hasher);
    private final AtomicInteger hashed = new AtomicInteger();

    private boolean matches(String password, String stored) {
        return checks.matches(password, stored, hashed::incrementAndGet);
    }

    @Test
    void hashesAreArgon2idEachWithASaltOfItsOwn() {
        assertThat(hasher.hash("correct horse")).startsWith("$argon2id$v=19$m=9216,t=4,p=1$");
        assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
    }

    @Test
    void aRightPasswordIsHashedOnceAndAWrongOneEachTime() {
        String stored = hasher.hash("correct horse");

        assertThat(matches("correct horse", stored)).isTrue();
        assertThat(matches("correct horse", stored)).isTrue();
        assertThat(hashed).hasValue(1);
        assertThat(matches("wrong horse", stored)).isFalse();
        assertThat(matches("wrong horse", stored)).isFalse();
        assertThat(hashed).hasValue(3);
    }

    @Test
    void aChangedPasswordIsForgottenAtOnce() {
        assertThat(matches("correct horse", hasher.hash("correct horse"))).isTrue();

        assertThat(matches("correct horse", hasher.hash("another horse"))).isFalse();
    }

    @Test
    void anUnknownAccountTakesAHashToo() {
        assertThat(checks.matches("nobody's password", null, hashed::incrementAndGet))
                .isFalse();
        assertThat(hashed).hasValue(1);
    }

    @Test
    void theGateStopsAttemptsThatQueuedUp() {
        String stored = hasher.hash("correct horse");

        assertThatThrownBy(() -> checks.matches("correct horse", stored, () -> {
                    throw new IllegalStateException("too late");
                }))
                .hasMessage("too late");
        assertThat(matches("correct horse", stored)).isTrue();
    }
}
