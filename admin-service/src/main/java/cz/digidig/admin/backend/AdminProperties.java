package cz.digidig.admin.backend;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the other services are.
 *
 * @param services the others as this one reaches them; those that are not named do not appear on pages
 * @param webmailUrl the webmail as browsers reach it ({@code DIGIDIG_CLIENT_URL})
 * @param connectTimeout how long a connection to one may take
 * @param responseTimeout how long one may be silent in a call
 */
@Validated
@ConfigurationProperties("digidig.admin")
public record AdminProperties(
        @NotEmpty Map<Service, URI> services,
        @DefaultValue("http://127.0.0.1:8004") URI webmailUrl,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration responseTimeout) {
    public AdminProperties {
        services = Map.copyOf(services);
    }
}
