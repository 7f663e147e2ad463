package cz.digidig.client.preferences;

import cz.digidig.client.files.AccountFiles;
import cz.digidig.common.config.ServiceProperties;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Everybody's preferences: {@code preferences/<account>.json} in the data folder. */
@Component
public class PreferencesStore {
    private final AccountFiles<Preferences> files;

    PreferencesStore(ServiceProperties service, JsonMapper json, Clock clock) {
        this.files = new AccountFiles<>(
                service.dataDir().resolve("preferences"), json, clock, Preferences.class, Preferences.DEFAULTS);
    }

    public Preferences of(String account) {
        return files.of(account);
    }

    /** Changes them; they are on disk when this returns. */
    public Preferences change(String account, UnaryOperator<Preferences> change) {
        return files.change(account, change);
    }
}
