package cz.digidig.common.client;

import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Calls to other services.
 *
 * @param identityUrl where identity-service answers ({@code DIGIDIG_IDENTITY_URL})
 * @param storageUrl where storage-service answers ({@code DIGIDIG_STORAGE_URL})
 * @param connections the most connections to one service; further calls wait
 * @param connectTimeout how long a connection may take to be made, or to be free
 * @param responseTimeout how long a service may be silent in a call
 * @param eventSilence how long an event stream may be silent (senders write a comment more often) before it counts as
 *     lost
 */
@Validated
@ConfigurationProperties("digidig.client")
public record ClientProperties(
        @DefaultValue("http://127.0.0.1:8001") URI identityUrl,
        @DefaultValue("http://127.0.0.1:8002") URI storageUrl,
        @DefaultValue("128") @Min(1) int connections,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("60s") Duration eventSilence) {
    URI url(Peer peer) {
        return switch (peer) {
            case IDENTITY -> identityUrl;
            case STORAGE -> storageUrl;
        };
    }
}
