package cz.digidig.identity.database;

import cz.digidig.common.config.DevelopmentDefaults;
import cz.digidig.common.health.DatabaseSize;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a PostgreSQL of its own, the service has a password that somebody chose. */
@Configuration(proxyBeanMethods = false)
@Profile("!embedded")
class ServerDatabaseConfiguration {
    ServerDatabaseConfiguration(DevelopmentDefaults defaults, @Value("${spring.datasource.password}") String password) {
        defaults.refuse("DIGIDIG_POSTGRES_PASSWORD", password, "digidig");
    }

    @Bean
    DatabaseSize databaseSize(JdbcClient jdbc) {
        return new DatabaseSize(() -> jdbc.sql("select pg_database_size(current_database())")
                .query(Long.class)
                .single());
    }
}
