package cz.digidig.storage.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the documents are.
 *
 * @param uri MongoDB's connection string; not looked at in the {@code embedded} profile
 * @param user the user to log in as, of the database {@code admin}; empty: as the URI says
 * @param password the user's
 * @param name the database's name
 * @param embeddedPort the port on loopback in the {@code embedded} profile; 0: any free one
 */
@Validated
@ConfigurationProperties("digidig.storage.mongo")
public record DatabaseProperties(
        @DefaultValue("mongodb://127.0.0.1:27017/") @NotBlank
        String uri,

        @DefaultValue("") String user,
        @DefaultValue(DatabaseProperties.DEVELOPMENT) String password,
        @DefaultValue("digidig") @NotBlank String name,
        @DefaultValue("0") @Min(0) @Max(65535) int embeddedPort) {
    static final String DEVELOPMENT = "digidig";

    @Override
    public String toString() {
        return "DatabaseProperties[user=" + user + ", name=" + name + "]";
    }
}
