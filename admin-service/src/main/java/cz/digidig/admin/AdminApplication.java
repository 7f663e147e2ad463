package cz.digidig.admin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The admin service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.admin", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.admin", "cz.digidig.common"})
public class AdminApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(AdminApplication.class, arguments);
    }
}
