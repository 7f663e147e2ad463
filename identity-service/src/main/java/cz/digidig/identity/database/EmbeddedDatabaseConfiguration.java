package cz.digidig.identity.database;

import cz.digidig.common.config.ServiceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Starts PostgreSQL before anything that needs it, and stops it after everything that used it. */
@Configuration(proxyBeanMethods = false)
@Profile("embedded")
class EmbeddedDatabaseConfiguration {

    @Bean(destroyMethod = "close")
    PostgresProcess postgres(ServiceProperties service) {
        return PostgresProcess.startIn(service.dataDir());
    }

    @Bean
    JdbcConnectionDetails embeddedConnection(PostgresProcess postgres) {
        return new Connection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private record Connection(String url, String user, String secret) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public String getUsername() {
            return user;
        }

        @Override
        public String getPassword() {
            return secret;
        }
    }
}
