package cz.digidig.identity.external;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.account.AccountCredential;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.external.Provider.Vouched;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.settings.ExternalProvider;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Signs people in by the providers that the settings name. The first time the address that the provider verified says whose
 * account it is; from then on the person is known by the provider's own id.
 */
@Service
public class ExternalSignIns {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_KEPT = 20;

    private final CurrentSettings settings;
    private final AccountDirectory accounts;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Clock clock;
    /** Asked for its discovery and its keys once in a while, not twice for each sign-in. */
    private final Cache<ExternalProvider, Provider> discovered =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST_KEPT).build();

    ExternalSignIns(CurrentSettings settings, AccountDirectory accounts, Audit audit, JdbcClient jdbc, Clock clock) {
        this.settings = settings;
        this.accounts = accounts;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public List<ExternalProvider> providers() {
        return settings.externalProviders();
    }

    public Optional<ExternalProvider> provider(String id) {
        return providers().stream().filter(provider -> provider.id().equals(id)).findFirst();
    }

    /** Begins at a provider; its answer comes to {@code redirect}. */
    public Attempt begin(ExternalProvider provider, URI redirect) throws ProviderAway {
        return discovered(provider, redirect).begin();
    }

    /** Whose account the provider's answer stands for; empty: none here, or not in service. */
    public Optional<AccountFacts> finish(ExternalProvider provider, URI redirect, Attempt attempt, String code)
            throws ProviderAway {
        Vouched vouched = discovered(provider, redirect).finish(attempt, code);
        Optional<AccountFacts> known = known(vouched);
        return (known.isPresent() ? known : linked(vouched)).filter(AccountFacts::enabled);
    }

    private Provider discovered(ExternalProvider provider, URI redirect) throws ProviderAway {
        Provider known = discovered.getIfPresent(provider);
        if (known != null) {
            return known;
        }
        Provider fresh = Provider.discover(provider, redirect);
        discovered.put(provider, fresh);
        return fresh;
    }

    private Optional<AccountFacts> known(Vouched vouched) {
        return jdbc.sql("select account_id from external_identity where issuer = ? and subject = ?")
                .params(vouched.issuer(), vouched.subject())
                .query(String.class)
                .optional()
                .flatMap(accounts::account);
    }

    private Optional<AccountFacts> linked(Vouched vouched) {
        Optional<AccountFacts> owner = EmailAddress.parse(vouched.email())
                .flatMap(address -> accounts.credential(address.key()))
                .map(AccountCredential::facts)
                .filter(AccountFacts::enabled);
        owner.ifPresent(account -> link(vouched, account));
        return owner;
    }

    private void link(Vouched vouched, AccountFacts account) {
        jdbc.sql("""
            insert into external_identity (issuer, subject, account_id, linked_at) values (?, ?, ?, ?)
            on conflict do nothing
            """)
                .params(vouched.issuer(), vouched.subject(), account.id(), Timestamp.from(clock.instant()))
                .update();
        audit.recordBy(
                account.id(),
                AuditAction.EXTERNAL_IDENTITY_LINKED,
                account.email(),
                account.domain(),
                vouched.issuer() + " " + vouched.subject());
    }
}
