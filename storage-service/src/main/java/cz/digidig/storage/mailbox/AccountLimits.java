package cz.digidig.storage.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What identity says of accounts. While it doesn't answer, what it said last holds, and without that no limit. */
@Component
class AccountLimits {
    private static final Logger log = LoggerFactory.getLogger(AccountLimits.class);
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int ACCOUNTS = 50_000;

    /**
     * @param exists false: identity knows no such account
     * @param quota octets; 0: no limit
     * @param until asked again after this, milliseconds since 1970 UTC
     */
    record Limit(boolean exists, long quota, long until) {}

    private final ServiceClients services;
    private final Clock clock;
    private final Cache<String, Limit> known =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).build();

    AccountLimits(ServiceClients services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    Limit of(String account) {
        Limit last = known.getIfPresent(account);
        if (last != null && clock.millis() < last.until()) {
            return last;
        }
        Limit limit = ask(account, last == null ? new Limit(true, 0, 0) : last);
        known.put(account, limit);
        return limit;
    }

    private Limit ask(String account, Limit last) {
        long now = clock.millis();
        try {
            return new Limit(true, services.identity().account(account).quotaBytes(), now + FRESH.toMillis());
        } catch (ServiceProblem e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return new Limit(false, 0, now + RETRY.toMillis());
            }
            log.warn("identity refuses to tell of an account: {}", e.getMessage());
        } catch (ServiceUnavailable e) {
            log.debug("identity does not answer; an account's former limit holds", e);
        }
        return new Limit(last.exists(), last.quota(), now + RETRY.toMillis());
    }
}
