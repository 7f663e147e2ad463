package cz.digidig.common.client;

import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import java.util.Locale;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Whether another service answers. It asks for liveness alone, lest health checks of services wait for each other. */
final class PeerCheck implements DependencyCheck {
    private final Peer peer;
    private final HealthStatus without;
    private final RestClient client;

    PeerCheck(Peer peer, HealthStatus without, RestClient client) {
        this.peer = peer;
        this.without = without;
        this.client = client;
    }

    @Override
    public String name() {
        return peer.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public HealthStatus without() {
        return without;
    }

    @Override
    public DependencyState check() {
        try {
            client.get().uri("/actuator/health/liveness").retrieve().toBodilessEntity();
            return DependencyState.UP;
        } catch (RestClientException | ServiceFailure _) {
            return DependencyState.down("does not answer");
        }
    }
}
