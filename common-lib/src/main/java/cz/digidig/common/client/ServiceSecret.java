package cz.digidig.common.client;

import cz.digidig.common.config.DevelopmentDefaults;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** The secret by which services prove themselves to identity-service. Its development default is refused in production. */
@Component
public final class ServiceSecret {
    private static final String DEVELOPMENT = "digidig-development";

    private final String value;

    ServiceSecret(Properties properties, DevelopmentDefaults defaults) {
        defaults.refuse("DIGIDIG_SERVICE_SECRET", properties.serviceSecret(), DEVELOPMENT);
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
