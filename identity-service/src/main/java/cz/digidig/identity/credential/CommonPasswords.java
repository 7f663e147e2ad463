package cz.digidig.identity.credential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The passwords that everybody tries first: those of {@code common-passwords.txt}, and the same sign over and over. */
@Component
public class CommonPasswords {
    private final Set<String> known;

    CommonPasswords() {
        try (InputStream file = CommonPasswords.class.getResourceAsStream("/common-passwords.txt")) {
            if (file == null) {
                throw new IllegalStateException("common-passwords.txt is missing");
            }
            known = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether a password is one of them, in upper or lower case. */
    public boolean contain(String password) {
        return known.contains(password.toLowerCase(Locale.ROOT))
                || password.chars().distinct().count() < 3;
    }
}
