package cz.digidig.apidocs.configuration;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApidocsConfiguration {
    @Bean
    ConfigurationStore<ApidocsSettings> settings(ConfigurationStores stores) {
        return stores.open(ApidocsSettings.class, ApidocsSettings.DEFAULTS);
    }
}
