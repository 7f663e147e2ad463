package cz.digidig.identity.bootstrap;

import cz.digidig.common.config.ServiceProperties;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.account.NewAccount;
import cz.digidig.identity.account.Role;
import cz.digidig.identity.alias.Aliases;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes what the first start makes, before the first request is taken.
 *
 * <p>Each seed is one transaction that begins with its row in table {@code seed}. Two processes that start together
 * meet at that row: the second waits for the first, and then finds it done. What somebody deletes later stays deleted.
 */
@Component
class Seeds implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);

    private final ServiceProperties service;
    private final SeedProperties properties;
    private final InitialPassword initialPassword;
    private final Domains domains;
    private final Accounts accounts;
    private final Aliases aliases;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    Seeds(
            ServiceProperties service,
            SeedProperties properties,
            InitialPassword initialPassword,
            Domains domains,
            Accounts accounts,
            Aliases aliases,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.service = service;
        this.properties = properties;
        this.initialPassword = initialPassword;
        this.domains = domains;
        this.accounts = accounts;
        this.aliases = aliases;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        once("administrator", this::administrator);
        if (!properties.demoPassword().isEmpty()) {
            once("demonstration", this::demonstration);
        }
    }

    private void once(String name, Runnable seed) {
        transaction.executeWithoutResult(status -> {
            int planted = jdbc.sql("insert into seed (name, planted_at) values (?, ?) on conflict do nothing")
                    .params(name, Timestamp.from(clock.instant()))
                    .update();
            if (planted == 1) {
                seed.run();
            }
        });
    }

    private void administrator() {
        domains.create(service.domain());
        boolean generated = properties.adminPassword().isEmpty();
        String password = generated ? initialPassword.generate() : properties.adminPassword();
        String address = account("admin", password, true, "Administrator", List.of(Role.USER, Role.ADMIN));
        // Every domain must take mail for its postmaster (RFC 5321 §4.5.1); abuse is RFC 2142's.
        aliases.create("postmaster@" + service.domain(), List.of(address), true, Reach.EVERYWHERE);
        aliases.create("abuse@" + service.domain(), List.of(address), true, Reach.EVERYWHERE);
        if (generated) {
            print(address, password);
        }
    }

    /** To the console alone: the log must hold no password. */
    @SuppressWarnings("SystemOut")
    private static void print(String address, String password) {
        System.out.println("The first administrator is " + address + " with password " + password);
    }

    private void demonstration() {
        account("alice", properties.demoPassword(), false, "Alice", List.of(Role.USER));
        account("bob", properties.demoPassword(), false, "Bob", List.of(Role.USER));
    }

    private String account(String local, String password, boolean mustChange, String displayName, List<Role> roles) {
        String address = local + "@" + service.domain();
        if (password.length() < 8 || password.length() > 256) {
            throw new IllegalStateException("The first password of " + address + " must have 8 to 256 characters");
        }
        accounts.createFirst(new NewAccount(address, password, mustChange, displayName, roles, null));
        LOG.info("Made the account {}", address);
        return address;
    }
}
