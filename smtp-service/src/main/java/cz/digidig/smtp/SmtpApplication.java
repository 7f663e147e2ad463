package cz.digidig.smtp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The smtp service's entry point. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.smtp", "cz.digidig.common"})
@ConfigurationPropertiesScan({"cz.digidig.smtp", "cz.digidig.common"})
public class SmtpApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(SmtpApplication.class, arguments);
    }
}
