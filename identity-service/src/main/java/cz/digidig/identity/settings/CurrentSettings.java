package cz.digidig.identity.settings;

import java.util.List;
import java.util.function.Supplier;

/** The settings in effect; asked anew at each use. */
public final class CurrentSettings {
    private final Supplier<IdentitySettings> source;

    public CurrentSettings(Supplier<IdentitySettings> source) {
        this.source = source;
    }

    public IdentitySettings.Tokens tokens() {
        return source.get().tokens();
    }

    public IdentitySettings.Throttling throttling() {
        return source.get().throttling();
    }

    public IdentitySettings.Passwords passwords() {
        return source.get().passwords();
    }

    public IdentitySettings.Accounts accounts() {
        return source.get().accounts();
    }

    public IdentitySettings.Registration registration() {
        return source.get().registration();
    }

    public List<ExternalProvider> externalProviders() {
        return source.get().externalProviders();
    }
}
