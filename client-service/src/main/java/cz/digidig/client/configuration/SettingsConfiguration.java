package cz.digidig.client.configuration;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    ConfigurationStore<ClientSettings> settings(ConfigurationStores stores) {
        return stores.open(ClientSettings.class, ClientSettings.DEFAULTS);
    }
}
