package cz.digidig.storage.settings;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configuration file. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    ConfigurationStore<StorageSettings> configuration(ConfigurationStores stores) {
        return stores.open(StorageSettings.class, StorageSettings.DEFAULTS);
    }
}
