package cz.digidig.identity.credential;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.web.SecretText;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Makes and checks Argon2id hashes (RFC 9106), at most as many at once as there are processors: a check takes tens of
 * milliseconds and megabytes, and a storm of log-ins must not take the whole machine.
 */
@Component
public class PasswordHasher {
    /** OWASP's Argon2id settings of equal strength differ in memory and passes; these are the cheapest in Java. */
    private static final int MEMORY_KIB = 9 * 1024;

    private static final int PASSES = 4;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int NOBODYS_CHARACTERS = 40;
    private static final long WAIT_SECONDS = 10;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES);
    private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final String nobodysHash = encoded(SecretText.random(NOBODYS_CHARACTERS));

    /** The PHC string of a password, with a salt of its own. */
    public String hash(String password) {
        return bounded(() -> {}, () -> encoded(password));
    }

    /** A hash of a password that nobody was told: for accounts that have none yet, and in place of those that aren't there. */
    public String nobodysHash() {
        return nobodysHash;
    }

    private String encoded(String password) {
        String hash = argon2.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash was made");
        }
        return hash;
    }

    /**
     * Whether a password belongs to a hash.
     *
     * @param gate run when the check's turn has come; it may throw to say that it shall not be done any more
     */
    public boolean matches(String password, String hash, Runnable gate) {
        return bounded(gate, () -> argon2.matches(password, hash));
    }

    private <T> T bounded(Runnable gate, Supplier<T> work) {
        try {
            if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            gate.run();
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(ErrorCode.UNAVAILABLE, "Too many log-ins at once; try again");
    }
}
