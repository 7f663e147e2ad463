package cz.digidig.identity.bootstrap;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Refuses to start in production with the database password that everybody knows, before anything connects. */
@Configuration(proxyBeanMethods = false)
@Profile("prod & !embedded")
class ProductionSecrets {
    private static final String DEVELOPMENT = "digidig";

    @Bean
    static BeanFactoryPostProcessor refuseDefaultPassword(Environment environment) {
        if (DEVELOPMENT.equals(environment.getProperty("spring.datasource.password"))) {
            throw new IllegalStateException(
                    "DIGIDIG_POSTGRES_PASSWORD is not set; its development default is refused under the prod profile");
        }
        return beans -> {};
    }
}
