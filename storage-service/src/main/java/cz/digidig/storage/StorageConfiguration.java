package cz.digidig.storage;

import cz.digidig.common.security.AccessRules;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.event.EventHub;
import cz.digidig.storage.index.ChangedMailboxes;
import cz.digidig.storage.journal.MailboxChanged;
import cz.digidig.storage.journal.MailboxJournal;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Puts together what is not a component by itself. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    private static final String ADMIN = "SCOPE_admin";
    private static final String INTERNAL = "SCOPE_internal";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    MailboxJournal mailboxJournal(
            Database database, StorageProperties properties, EventHub events, ChangedMailboxes unindexed, Clock clock) {
        MailboxChanged listeners = (account, mailbox, modSeq) -> {
            events.changed(account, mailbox, modSeq);
            unindexed.changed(account, mailbox, modSeq);
        };
        return new MailboxJournal(database, properties.mailboxCache().toBytes(), listeners, clock);
    }

    /** Whose account it is, the controllers see to. */
    @Bean
    AccessRules accountRules() {
        return rules -> rules.requestMatchers(HttpMethod.GET, "/api/accounts/**")
                .hasAnyAuthority("SCOPE_mail.read", ADMIN, INTERNAL)
                .requestMatchers("/api/accounts/**")
                .hasAnyAuthority("SCOPE_mail.write", ADMIN, INTERNAL);
    }
}
