package cz.digidig.identity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The identity service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.identity", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.identity", "cz.digidig.common"})
@EnableScheduling
public class IdentityApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(IdentityApplication.class, arguments);
    }
}
