package cz.digidig.storage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The storage service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.storage", "cz.digidig.common"})
@EnableScheduling
@ConfigurationPropertiesScan({"cz.digidig.storage", "cz.digidig.common"})
public class StorageApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(StorageApplication.class, arguments);
    }
}
