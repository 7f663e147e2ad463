package cz.digidig.admin.configuration;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdminConfiguration {
    @Bean
    ConfigurationStore<AdminSettings> settings(ConfigurationStores stores) {
        return stores.open(AdminSettings.class, AdminSettings.DEFAULTS);
    }
}
