package cz.digidig.imap.adapter;

import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.api.storage.MailboxEvent;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.net.TlsContext;
import cz.digidig.common.net.TlsMode;
import cz.digidig.common.observability.CertificateGauge;
import cz.digidig.common.observability.Traces;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.imap.command.CommandDispatcher;
import cz.digidig.imap.mailbox.ChangeFeed;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.server.ImapServer;
import cz.digidig.imap.settings.ImapListener;
import cz.digidig.imap.settings.ImapSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
class ImapComponents {
    private static final Clock CLOCK = Clock.systemUTC();

    @Bean
    ConfigurationStore<ImapSettings> imapSettings(
            ConfigurationStores stores, ImapProperties properties, ServiceProperties service) {
        String address = service.bindAddress();
        return stores.open(
                ImapSettings.class,
                ImapSettings.of(
                        properties.hostname(),
                        List.of(
                                new ImapListener("imap", address, properties.imapPort(), TlsMode.STARTTLS, true),
                                new ImapListener("imaps", address, properties.imapsPort(), TlsMode.IMPLICIT, true))));
    }

    @Bean
    DependencyCheck identityCheck(ServiceClients clients) {
        return clients.check(Peer.IDENTITY, HealthStatus.DEGRADED);
    }

    @Bean
    DependencyCheck storageCheck(ServiceClients clients) {
        return clients.check(Peer.STORAGE, HealthStatus.DEGRADED);
    }

    @Bean
    ChangeFeed changeFeed() {
        return new ChangeFeed();
    }

    @Bean
    MailStore mailStore(ServiceClients clients) {
        return new StorageMailStore(clients.mailboxes(), clients.messages(), clients.storageRest());
    }

    @Bean
    MailboxSnapshotCache snapshots(MailStore store, ChangeFeed feed, ImapProperties properties) {
        return new MailboxSnapshotCache(store, feed, properties.snapshotMemory().toBytes());
    }

    @Bean
    MailboxDirectory mailboxes(MailStore store, ChangeFeed feed) {
        return new MailboxDirectory(store, feed);
    }

    @Bean
    MessageCache messages(MailStore store, ImapProperties properties) {
        return new MessageCache(
                store,
                properties.renderedMemory().toBytes(),
                properties.rawMemory().toBytes());
    }

    @Bean
    IdentityDirectory directory(ServiceClients clients, TokenVerifier tokens) {
        return new IdentityDirectory(clients.identity(), tokens);
    }

    @Bean
    AutoCloseable identityChanges(ServiceClients clients, IdentityDirectory directory) {
        return clients.events(
                Peer.IDENTITY,
                IdentityApi.EVENTS_PATH,
                IdentityChange.class,
                change -> {
                    if (change.kind() != IdentityChange.Kind.SIGN_IN) {
                        directory.changed();
                    }
                },
                directory::changed);
    }

    /** Made after the caches, which must hear of everything. */
    @Bean
    AutoCloseable mailboxChanges(
            ServiceClients clients,
            ChangeFeed feed,
            MailboxSnapshotCache snapshots,
            MailboxDirectory mailboxes,
            Traces traces) {
        return clients.events(
                Peer.STORAGE,
                MessageApi.EVENTS_PATH,
                MailboxEvent.class,
                event -> announce(event, feed, traces),
                feed::interrupted,
                feed::connected);
    }

    /** In the trace of what changed the mailbox, where that one is recorded. */
    private static void announce(MailboxEvent event, ChangeFeed feed, Traces traces) {
        String trace = event.trace();
        if (trace == null) {
            feed.changed(event.account(), event.mailbox(), event.modSeq());
        } else {
            traces.run(trace, "announce", () -> feed.changed(event.account(), event.mailbox(), event.modSeq()));
        }
    }

    @Bean
    CommandDispatcher dispatcher(
            MailStore store,
            MailboxDirectory mailboxes,
            MailboxSnapshotCache snapshots,
            MessageCache messages,
            IdentityDirectory directory,
            ServiceProperties service)
            throws IOException {
        return new CommandDispatcher(store, mailboxes, snapshots, messages, directory, CLOCK, spool(service.dataDir()));
    }

    /** What a process left that was killed is of no use: its clients got no answer. */
    private static Path spool(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve("append"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return folder;
    }

    @Bean(destroyMethod = "")
    ImapServer server(
            CommandDispatcher dispatcher,
            MailboxSnapshotCache snapshots,
            ConfigurationStore<ImapSettings> settings,
            ServiceProperties service,
            MeterRegistry registry)
            throws IOException {
        return new ImapServer(
                dispatcher,
                snapshots,
                settings.current(),
                CertificateGauge.watched(
                        TlsContext.fromFolders(
                                service.tlsDir(),
                                service.dataDir(),
                                settings.current().hostname()),
                        registry),
                registry);
    }
}
