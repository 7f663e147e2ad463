package cz.digidig.common.config;

import jakarta.validation.Validator;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Opens a service's {@link ConfigurationStore}; the service makes it a bean. */
@Component
public final class ConfigurationStores {
    private final ServiceProperties service;
    private final JsonMapper json;
    private final Validator validator;

    ConfigurationStores(ServiceProperties service, JsonMapper json, Validator validator) {
        this.service = service;
        this.json = json;
        this.validator = validator;
    }

    /**
     * Loads the configuration from the data folder.
     *
     * @param defaults what holds for whatever the file does not say; must itself be valid
     */
    public <T extends Record> ConfigurationStore<T> open(Class<T> type, T defaults) {
        return new ConfigurationStore<>(
                service.dataDir(),
                service.shortName(),
                type,
                defaults,
                json,
                validator,
                Clock.systemUTC(),
                FileStep.Watch.NOBODY);
    }
}
