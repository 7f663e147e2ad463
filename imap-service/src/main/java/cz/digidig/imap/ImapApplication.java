package cz.digidig.imap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The imap service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.imap", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.imap", "cz.digidig.common"})
public class ImapApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ImapApplication.class, arguments);
    }
}
