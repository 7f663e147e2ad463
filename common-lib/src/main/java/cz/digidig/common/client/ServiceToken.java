package cz.digidig.common.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * This service's access token: fetched by its client credentials, kept until shortly before it expires. One thread
 * fetches a new one; the others go on with the old one while it is valid, else wait for it.
 */
final class ServiceToken {
    private final RestClient identity;
    private final String service;
    private final String secret;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;

    /** A token with the time to renew it and the time of its end. */
    private record Held(String token, Instant renew, Instant end) {}

    /** The fields in use of a token answer (RFC 6749 §5.1). */
    private record TokenAnswer(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn) {}

    ServiceToken(RestClient identity, String service, String secret, Clock clock) {
        this.identity = identity;
        this.service = service;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * A valid token.
     *
     * @throws ServiceFailure identity did not give one
     */
    String get() {
        Held now = held;
        Instant time = clock.instant();
        if (now != null && time.isBefore(now.renew())) {
            return now.token();
        }
        if (now != null && time.isBefore(now.end())) {
            return renewOrKeep(now);
        }
        lock.lock();
        try {
            Held fresh = held;
            if (fresh != null && !fresh.equals(now) && clock.instant().isBefore(fresh.end())) {
                return fresh.token();
            }
            return fetch().token();
        } finally {
            lock.unlock();
        }
    }

    private String renewOrKeep(Held old) {
        if (!lock.tryLock()) {
            return old.token();
        }
        try {
            Held current = held;
            if (current != null && !current.equals(old)) {
                return current.token();
            }
            return fetch().token();
        } catch (ServiceFailure _) {
            // Identity is away: the old one is good for a while yet. Do not ask at every call.
            Instant soon = clock.instant().plusSeconds(2);
            held = new Held(old.token(), soon, old.end());
            return old.token();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a token that a service refused. */
    void drop(String refused) {
        Held now = held;
        if (now != null && now.token().equals(refused)) {
            held = null;
        }
    }

    private Held fetch() {
        TokenAnswer answer = identity.post()
                .uri("/oauth2/token")
                .headers(headers -> headers.setBasicAuth(service, secret))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("grant_type=client_credentials&scope=internal")
                .retrieve()
                .body(TokenAnswer.class);
        if (answer == null) {
            throw new ServiceUnavailable("identity answered without a token", null);
        }
        Instant now = clock.instant();
        Duration life = Duration.ofSeconds(answer.expiresIn());
        Held fresh =
                new Held(answer.accessToken(), now.plus(life.multipliedBy(4).dividedBy(5)), now.plus(life));
        held = fresh;
        return fresh;
    }
}
