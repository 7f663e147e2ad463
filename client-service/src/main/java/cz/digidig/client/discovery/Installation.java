package cz.digidig.client.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.client.backend.WebmailProperties;
import cz.digidig.common.api.identity.RecipientResolution.Outcome;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.client.ServiceUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * What this installation serves, asked of identity and smtp under this service's own token. Answers are kept for a
 * minute; so many strangers' questions at once are passed on, and no more.
 */
@Component
class Installation {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MOST_DOMAINS = 10_000;
    private static final int MOST_AT_ONCE = 8;

    private final ServiceClients services;
    private final RestClient smtp;
    private final Clock clock;
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);
    private final Cache<String, Boolean> domains = Caffeine.newBuilder()
            .maximumSize(MOST_DOMAINS)
            .expireAfterWrite(FRESH)
            .build();
    private volatile @Nullable Host host;

    /** The mail server's name, and until when it need not be asked for again. */
    private record Host(String name, Instant until) {}

    /** What is of interest of smtp's status. */
    private record Status(String hostname) {}

    Installation(ServiceClients services, WebmailProperties properties, Clock clock) {
        this.services = services;
        this.smtp = services.rest(properties.smtpUrl());
        this.clock = clock;
    }

    /**
     * Whether a domain is served here.
     *
     * @param domain its name in normal form
     * @throws ServiceFailure identity can't be asked now
     */
    boolean serves(String domain) {
        Boolean known = domains.getIfPresent(domain);
        if (known != null) {
            return known;
        }
        if (!asking.tryAcquire()) {
            throw new ServiceUnavailable("too many domains are asked for at once", null);
        }
        try {
            boolean served =
                    services.identity().recipient("postmaster@" + domain).outcome() != Outcome.NOT_LOCAL;
            domains.put(domain, served);
            return served;
        } finally {
            asking.release();
        }
    }

    /**
     * The name of the host that takes mail and log-ins.
     *
     * @throws ServiceFailure smtp can't be asked now, and was never asked before
     */
    String mailHost() {
        Host last = host;
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until())) {
            return last.name();
        }
        try {
            Status status = smtp.get().uri("/api/smtp/status").retrieve().body(Status.class);
            if (status == null) {
                throw new ServiceUnavailable("smtp answered nothing", null);
            }
            host = new Host(status.hostname(), now.plus(FRESH));
            return status.hostname();
        } catch (ServiceFailure away) {
            if (last == null) {
                throw away;
            }
            return last.name();
        }
    }
}
