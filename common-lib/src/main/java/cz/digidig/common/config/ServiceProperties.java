package cz.digidig.common.config;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What every service knows about its place, from the environment.
 *
 * @param service this service's name, e.g. {@code smtp-service}
 * @param dataDir its own data ({@code DIGIDIG_DATA_DIR})
 * @param logsDir the logs of all services ({@code DIGIDIG_LOGS_DIR})
 * @param testsDir test reports ({@code DIGIDIG_TESTS_DIR})
 * @param tlsDir where TLS certificates are looked for first ({@code DIGIDIG_TLS_DIR}), else in the data folder
 * @param domain the first domain ({@code DIGIDIG_DOMAIN})
 * @param bindAddress the address of sockets that name none ({@code DIGIDIG_BIND_ADDRESS})
 */
@Validated
@ConfigurationProperties("digidig")
public record ServiceProperties(
        @NotBlank String service,
        Path dataDir,
        Path logsDir,
        Path testsDir,
        Path tlsDir,
        @NotBlank String domain,
        @NotBlank String bindAddress) {
    /** The name without {@code -service}, as in {@code smtp_config.json}. */
    public String shortName() {
        return service.endsWith("-service") ? service.substring(0, service.length() - "-service".length()) : service;
    }
}
