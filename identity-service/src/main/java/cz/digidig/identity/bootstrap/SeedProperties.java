package cz.digidig.identity.bootstrap;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the first start makes.
 *
 * @param adminPassword the first administrator's password; empty: one is generated
 * @param demoPassword the demonstration accounts' password; empty: there are none
 */
@Validated
@ConfigurationProperties("digidig.identity.seed")
record SeedProperties(
        @NotNull @DefaultValue("") String adminPassword,
        @NotNull @DefaultValue("") String demoPassword) {
    @Override
    public String toString() {
        return "SeedProperties[]";
    }
}
