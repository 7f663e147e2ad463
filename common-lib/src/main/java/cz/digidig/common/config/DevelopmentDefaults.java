package cz.digidig.common.config;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Secrets that everybody knows, so that development needs none: refused under the {@code prod} profile. */
@Component
public final class DevelopmentDefaults {
    private final boolean production;

    DevelopmentDefaults(Environment environment) {
        this.production = environment.acceptsProfiles(Profiles.of("prod"));
    }

    /**
     * Ends the start where production would run on a known secret.
     *
     * @param variable what is to be set
     * @param given the secret
     * @param known its development default
     * @throws IllegalStateException names the variable, not the secret
     */
    public void refuse(String variable, String given, String known) {
        if (production && (given.isBlank() || given.equals(known))) {
            throw new IllegalStateException(
                    variable + " is not set; its development default is refused under the prod profile");
        }
    }
}
