package cz.digidig.identity.factor;

import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import dev.samstevens.totp.secret.DefaultSecretGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Codes by time (RFC 6238): six digits, steps of 30 seconds, SHA-1 as every authenticator app has it. A clock may be one step
 * off, either way.
 */
final class OneTimePasswords {
    static final int STEP_SECONDS = 30;

    private static final int SECRET_CHARACTERS = 32;
    private static final DefaultCodeGenerator CODES = new DefaultCodeGenerator();

    private OneTimePasswords() {}

    /** A new secret of 160 bits in Base32. */
    static String secret() {
        return new DefaultSecretGenerator(SECRET_CHARACTERS).generate();
    }

    static String code(String secret, long step) {
        try {
            return CODES.generate(secret, step);
        } catch (CodeGenerationException broken) {
            throw new IllegalStateException("a code can't be made", broken);
        }
    }

    /** The step that a code belongs to; empty where it belongs to none near that time. */
    static OptionalLong step(String secret, String code, Instant now) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = current - 1; step <= current + 1; step++) {
            if (MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.US_ASCII))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}
