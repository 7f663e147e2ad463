package cz.digidig.smtp.adapter;

import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.net.TlsContext;
import cz.digidig.common.net.TlsMode;
import cz.digidig.common.observability.CertificateGauge;
import cz.digidig.common.observability.Traces;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.smtp.client.ClientLimits;
import cz.digidig.smtp.client.Origin;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.command.CommandDispatcher;
import cz.digidig.smtp.delivery.DeliveryProperties;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.FailureReports;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.delivery.Settlement;
import cz.digidig.smtp.delivery.SigningKeys;
import cz.digidig.smtp.delivery.SmartHostTrial;
import cz.digidig.smtp.dns.CurrentDns;
import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.policy.DmarcCounts;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Ourselves;
import cz.digidig.smtp.server.SmtpServer;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.settings.MailListener;
import cz.digidig.smtp.settings.OutboundLimits;
import cz.digidig.smtp.settings.OutboundSettings;
import cz.digidig.smtp.settings.RetryLimits;
import cz.digidig.smtp.settings.RetrySettings;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.settings.SessionSettings;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.usage.DailyUsage;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
class SmtpComponents {
    private static final Clock CLOCK = Clock.systemUTC();

    @Bean
    ConfigurationStore<SmtpSettings> smtpSettings(
            ConfigurationStores stores,
            SmtpProperties properties,
            ServiceProperties service,
            SmtpLimits limits,
            OutboundLimits outbound,
            RetryLimits retry) {
        String address = service.bindAddress();
        SmtpSettings defaults = SmtpSettings.of(
                properties.hostname(),
                List.of(
                        new MailListener("mx", address, properties.mxPort(), TlsMode.STARTTLS, Role.MX, false, true),
                        new MailListener(
                                "submission",
                                address,
                                properties.submissionPort(),
                                TlsMode.STARTTLS,
                                Role.SUBMISSION,
                                false,
                                true),
                        new MailListener(
                                "submissions",
                                address,
                                properties.submissionsPort(),
                                TlsMode.IMPLICIT,
                                Role.SUBMISSION,
                                false,
                                true)));
        return stores.open(
                SmtpSettings.class,
                defaults.with(SessionSettings.of(limits), OutboundSettings.of(outbound), RetrySettings.of(retry)));
    }

    @Bean(destroyMethod = "")
    Spool spool(SmtpProperties properties, ServiceProperties service) throws IOException {
        SpoolSettings usual = SpoolSettings.in(service.dataDir().resolve("spool"));
        SpoolSettings settings = new SpoolSettings(
                usual.folder(),
                usual.segment(),
                usual.inline(),
                properties.spoolMemory().toBytes(),
                properties.spoolFreeSpace().toBytes(),
                usual.waiting());
        return Spool.open(settings, CLOCK);
    }

    @Bean
    Dns dns(ConfigurationStore<SmtpSettings> settings, OutboundLimits limits) {
        return new CurrentDns(() -> settings.current().dnsServers(), limits.dnsTimeout(), limits.dnsTime());
    }

    @Bean
    DmarcCounts dmarcCounts(ServiceProperties service) {
        return new DmarcCounts(service.dataDir().resolve("dmarc"), CLOCK);
    }

    @Bean
    ArrivalPolicy arrivalPolicy(Dns dns, DmarcCounts counts) {
        return new ArrivalPolicy(dns, counts, CLOCK, new SecureRandom());
    }

    @Bean
    IdentityDirectory directory(ServiceClients clients, TokenVerifier tokens) {
        return new IdentityDirectory(clients.identity(), tokens, CLOCK);
    }

    @Bean
    IdentitySigningKeys signingKeys(ServiceClients clients) {
        return new IdentitySigningKeys(clients.identity(), CLOCK);
    }

    @Bean
    AutoCloseable identityChanges(ServiceClients clients, IdentityDirectory directory, IdentitySigningKeys keys) {
        return clients.events(
                Peer.IDENTITY,
                IdentityApi.EVENTS_PATH,
                IdentityChange.class,
                change -> {
                    if (change.kind() != IdentityChange.Kind.SIGN_IN) {
                        directory.changed();
                        keys.changed();
                    }
                },
                () -> {
                    directory.changed();
                    keys.changed();
                });
    }

    @Bean
    FailureReports failureReports(Spool spool, Directory directory, ConfigurationStore<SmtpSettings> settings) {
        return new FailureReports(
                spool,
                sender -> targets(directory, sender),
                () -> settings.current().hostname(),
                CLOCK);
    }

    @Bean
    Settlement settlement(Spool spool, FailureReports reports, MeterRegistry registry) {
        return new Settlement(spool, reports, CLOCK, registry);
    }

    @Bean(destroyMethod = "")
    DeliveryScheduler deliveries(
            Spool spool,
            ServiceClients clients,
            Traces traces,
            Settlement settlement,
            DeliveryProperties properties,
            ConfigurationStore<SmtpSettings> settings) {
        return new DeliveryScheduler(
                spool,
                new StorageMessageStore(clients.storageRest(), traces),
                settlement,
                properties,
                () -> settings.current().retry().limits(),
                CLOCK);
    }

    @Bean
    MailRouting routing(SmtpServer server, Dns dns, ConfigurationStore<SmtpSettings> settings, OutboundLimits limits) {
        return new MailRouting(
                settings::current,
                () -> settings.current().outbound().over(limits),
                dns,
                ourselves(server, settings),
                new SecureRandom());
    }

    @Bean
    SmartHostTrial smartHostTrial(MailRouting routing, ConfigurationStore<SmtpSettings> settings) {
        return new SmartHostTrial(routing, () -> origin(settings.current()));
    }

    @Bean(destroyMethod = "")
    RemoteScheduler remoteDeliveries(
            Spool spool,
            MailRouting routing,
            SigningKeys keys,
            FailureReports reports,
            Settlement settlement,
            ConfigurationStore<SmtpSettings> settings,
            OutboundLimits limits,
            ClientLimits clientLimits,
            MeterRegistry registry) {
        SmtpClient client = new SmtpClient(clientLimits, () -> origin(settings.current()));
        return new RemoteScheduler(
                spool,
                routing,
                client,
                keys,
                reports,
                settlement,
                () -> settings.current().outbound().over(limits),
                () -> settings.current().retry().limits(),
                way -> settings.current().outbound().of(way),
                CLOCK,
                registry);
    }

    private static Origin origin(SmtpSettings settings) {
        return new Origin(
                settings.ehloName(),
                literal(settings.outbound().sourceIpv4()),
                literal(settings.outbound().sourceIpv6()));
    }

    private static @Nullable InetAddress literal(String address) {
        return address.isEmpty() ? null : InetAddress.ofLiteral(address);
    }

    private static Ourselves ourselves(SmtpServer server, ConfigurationStore<SmtpSettings> settings) {
        return new Ourselves() {
            @Override
            public boolean named(String host) {
                return host.equalsIgnoreCase(settings.current().hostname());
            }

            @Override
            public boolean listensAt(InetAddress address, int port) {
                return server.listensAt(address, port);
            }
        };
    }

    @Bean
    DependencyCheck identityCheck(ServiceClients clients) {
        return clients.check(Peer.IDENTITY, HealthStatus.DEGRADED);
    }

    @Bean
    DependencyCheck storageCheck(ServiceClients clients) {
        return clients.check(Peer.STORAGE, HealthStatus.DEGRADED);
    }

    private static Optional<List<Target>> targets(Directory directory, ReversePath.Mailbox sender) {
        return switch (directory.resolve(sender.address())) {
            case Directory.Verdict.Deliverable deliverable -> Optional.of(deliverable.targets());
            case Directory.Verdict.Elsewhere elsewhere ->
                Optional.of(List.of(new Target.Remote(sender.address().toString())));
            case Directory.Verdict.Unknown unknown -> Optional.of(List.of());
            case Directory.Verdict.Disabled disabled -> Optional.of(List.of());
            case Directory.Verdict.Unavailable unavailable -> Optional.empty();
        };
    }

    @Bean
    DailyUsage dailyUsage(ServiceProperties service) {
        return new DailyUsage(service.dataDir().resolve("daily-usage"), CLOCK);
    }

    @Bean(destroyMethod = "")
    SmtpServer server(
            Directory directory,
            Spool spool,
            DailyUsage usage,
            ArrivalPolicy policy,
            ConfigurationStore<SmtpSettings> settings,
            SmtpLimits limits,
            ServiceProperties service,
            MeterRegistry registry)
            throws IOException {
        EmailAddress postmaster = EmailAddress.parse("postmaster@" + service.domain())
                .orElseThrow(() -> new IllegalStateException("DIGIDIG_DOMAIN is not a domain: " + service.domain()));
        return new SmtpServer(
                new CommandDispatcher(directory, spool, usage, policy, CLOCK, postmaster),
                settings.current(),
                current -> current.sessions().over(limits),
                CertificateGauge.watched(
                        TlsContext.fromFolders(
                                service.tlsDir(),
                                service.dataDir(),
                                settings.current().hostname()),
                        registry),
                registry,
                CLOCK);
    }
}
