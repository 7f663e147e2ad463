package cz.digidig.storage.index;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.settings.StorageSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the search index together. */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {
    @Bean
    IndexKeeper indexKeeper(ServiceProperties service, IndexProperties properties) {
        return new IndexKeeper(service.dataDir().resolve("index"), properties.bufferMegabytes());
    }

    @Bean
    IndexThread indexThread(
            IndexKeeper keeper,
            ChangedMailboxes changed,
            IndexSource source,
            ConfigurationStore<StorageSettings> settings,
            IndexProperties properties,
            Database database) {
        return new IndexThread(
                keeper, changed, source, () -> settings.current().search(), properties, database.exclusive());
    }

    @Bean
    IndexHealth indexHealth(IndexKeeper keeper, IndexThread thread, ChangedMailboxes changed, MeterRegistry registry) {
        return new IndexHealth(keeper, thread, changed, registry);
    }
}
