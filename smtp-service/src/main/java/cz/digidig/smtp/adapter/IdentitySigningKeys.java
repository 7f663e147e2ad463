package cz.digidig.smtp.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.api.identity.DkimSigningKey;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.smtp.delivery.SigningKeys;
import cz.digidig.smtp.mailauth.dkim.SignatureAlgorithm;
import cz.digidig.smtp.mailauth.dkim.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks identity for the keys of domains. An answer is kept for minutes and asked again when identity says that something
 * changed; while identity does not answer, what it said within a day still counts.
 */
final class IdentitySigningKeys implements SigningKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IdentitySigningKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_DOMAINS = 10_000;

    private final IdentityApi identity;
    private final Clock clock;
    private final Cache<String, Known> domains = Caffeine.newBuilder()
            .maximumSize(MOST_DOMAINS)
            .expireAfterWrite(KEPT)
            .build();
    private volatile long freshSince;

    private record Known(List<SigningKey> keys, long at) {}

    IdentitySigningKeys(IdentityApi identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** Something changed, or changes may have been missed. */
    void changed() {
        freshSince = clock.millis();
    }

    @Override
    public Optional<List<SigningKey>> of(String domain) {
        Known known = domains.getIfPresent(domain);
        long now = clock.millis();
        if (known != null && known.at() > freshSince && now - known.at() < FRESH.toMillis()) {
            return Optional.of(known.keys());
        }
        try {
            List<SigningKey> keys = read(domain, identity.dkimKeys(domain));
            domains.put(domain, new Known(keys, now));
            return Optional.of(keys);
        } catch (ServiceProblem | ServiceUnavailable failed) {
            LOG.debug("identity does not tell the keys of {}: {}", domain, failed.getMessage());
            return known(known);
        }
    }

    private static Optional<List<SigningKey>> known(@Nullable Known known) {
        return known == null ? Optional.empty() : Optional.of(known.keys());
    }

    private static List<SigningKey> read(String domain, List<DkimSigningKey> answer) {
        List<SigningKey> keys = new ArrayList<>();
        for (DkimSigningKey key : answer) {
            try {
                SignatureAlgorithm algorithm =
                        switch (key.algorithm()) {
                            case "rsa" -> SignatureAlgorithm.RSA_SHA256;
                            case "ed25519" -> SignatureAlgorithm.ED25519_SHA256;
                            default -> throw new IllegalArgumentException("an algorithm of a newer release");
                        };
                byte[] octets = Base64.getDecoder().decode(key.privateKey());
                keys.add(SigningKey.of(domain, key.selector(), algorithm, octets));
            } catch (IllegalArgumentException unusable) {
                LOG.atWarn().setCause(unusable).log("the key {} of {} can't be used", key.selector(), domain);
            }
        }
        return List.copyOf(keys);
    }
}
