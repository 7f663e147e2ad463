package cz.digidig.client;

import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.HealthStatus;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what is not a component by itself. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DependencyCheck identityCheck(ServiceClients clients) {
        return clients.check(Peer.IDENTITY, HealthStatus.DEGRADED);
    }

    @Bean
    DependencyCheck storageCheck(ServiceClients clients) {
        return clients.check(Peer.STORAGE, HealthStatus.DEGRADED);
    }
}
