package cz.digidig.common.health;

import cz.digidig.common.config.ConfigurationStore;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells when the configuration file could not be used. */
@Component
class ConfigurationCheck implements DependencyCheck {
    private final ObjectProvider<ConfigurationStore<?>> stores;

    ConfigurationCheck(ObjectProvider<ConfigurationStore<?>> stores) {
        this.stores = stores;
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DEGRADED;
    }

    @Override
    public DependencyState check() {
        Optional<String> trouble =
                stores.stream().flatMap(store -> store.trouble().stream()).findFirst();
        return trouble.map(DependencyState::degraded).orElse(DependencyState.UP);
    }
}
