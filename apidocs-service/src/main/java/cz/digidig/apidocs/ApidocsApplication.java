package cz.digidig.apidocs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The API documentation's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.apidocs", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.apidocs", "cz.digidig.common"})
public class ApidocsApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ApidocsApplication.class, arguments);
    }
}
