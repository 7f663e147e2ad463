package cz.digidig.identity.settings;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configuration file. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    ConfigurationStore<IdentitySettings> configuration(ConfigurationStores stores) {
        return stores.open(IdentitySettings.class, IdentitySettings.DEFAULTS);
    }

    @Bean
    CurrentSettings currentSettings(ConfigurationStore<IdentitySettings> configuration) {
        return new CurrentSettings(configuration::current);
    }
}
