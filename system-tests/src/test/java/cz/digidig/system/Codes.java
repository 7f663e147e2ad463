package cz.digidig.system;

import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.time.Clock;

/** What an authenticator app shows (RFC 6238). */
public final class Codes {
    private static final int STEP_MILLIS = 30_000;

    private Codes() {}

    public static String now(String secret) {
        return at(secret, 0);
    }

    /** The code after the one that is shown now, which clocks that differ make acceptable too. */
    public static String next(String secret) {
        return at(secret, 1);
    }

    private static String at(String secret, int ahead) {
        try {
            return new DefaultCodeGenerator().generate(secret, Clock.systemUTC().millis() / STEP_MILLIS + ahead);
        } catch (CodeGenerationException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
