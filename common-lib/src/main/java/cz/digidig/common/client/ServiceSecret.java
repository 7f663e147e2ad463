package cz.digidig.common.client;

import jakarta.validation.constraints.NotBlank;
import java.util.Arrays;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** The secret by which services prove themselves to identity-service. Its development default is refused in production. */
@Component
public final class ServiceSecret {
    private static final String DEVELOPMENT = "digidig-development";

    private final String value;

    ServiceSecret(Properties properties, Environment environment) {
        boolean production = Arrays.asList(environment.getActiveProfiles()).contains("prod");
        if (production && properties.serviceSecret().equals(DEVELOPMENT)) {
            throw new IllegalStateException(
                    "DIGIDIG_SERVICE_SECRET is not set; its development default is refused under the prod profile");
        }
        value = properties.serviceSecret();
    }

    /** The clear text; never logged. */
    public String value() {
        return value;
    }

    /**
     * Where the secret comes from.
     *
     * @param serviceSecret the clear text ({@code DIGIDIG_SERVICE_SECRET})
     */
    @Validated
    @ConfigurationProperties("digidig")
    record Properties(@DefaultValue(DEVELOPMENT) @NotBlank String serviceSecret) {
        @Override
        public String toString() {
            return "Properties[serviceSecret=hidden]";
        }
    }
}
