package cz.digidig.client;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The client service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.client", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.client", "cz.digidig.common"})
public class ClientApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ClientApplication.class, arguments);
    }
}
