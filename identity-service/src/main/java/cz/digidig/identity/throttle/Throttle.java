package cz.digidig.identity.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.identity.settings.CurrentSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Makes guessing slow without locking anybody out.
 *
 * <p>Failures are counted three ways: by account, by network address, and by the two together. After a number of free
 * failures each further one doubles the time before the next attempt is looked at. A pair of account and address that
 * has logged in before is known: it is judged by its own failures alone, so that neither an attack on the account from
 * elsewhere nor a careless neighbour behind the same address keeps its owner out. A success clears the pair's failures,
 * and only those: otherwise a guesser could clear the address' count with an account of his own.
 *
 * <p>All counts are in memory, of bounded number, and forgotten after an hour without a failure.
 */
@Component
public class Throttle {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;
    private static final Duration FORGET_FAILURES = Duration.ofHours(1);
    private static final Duration FORGET_KNOWN = Duration.ofDays(30);
    private static final int MOST_COUNTED = 100_000;

    private final CurrentSettings settings;
    private final Clock clock;
    private final Cache<String, Failures> pairs = counts();
    private final Cache<String, Failures> accounts = counts();
    private final Cache<String, Failures> addresses = counts();
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .expireAfterWrite(FORGET_KNOWN)
            .maximumSize(MOST_COUNTED)
            .build();

    Throttle(CurrentSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private static Cache<String, Failures> counts() {
        return Caffeine.newBuilder()
                .expireAfterWrite(FORGET_FAILURES)
                .maximumSize(MOST_COUNTED)
                .build();
    }

    /**
     * Lets an attempt pass, or not.
     *
     * @param account what names the account, existing or not
     * @param client the client's address in text form
     * @throws TooManyAttempts when it comes too early
     */
    public void check(String account, String client) {
        String network = ClientNetwork.of(client);
        String pair = pair(account, network);
        Duration wait = wait(pairs, pair, settings.throttling().freePerPair());
        if (known.getIfPresent(pair) == null) {
            wait = longer(wait, wait(accounts, account, settings.throttling().freePerAccount()));
            wait = longer(wait, wait(addresses, network, settings.throttling().freePerAddress()));
        }
        if (wait.isPositive()) {
            throw new TooManyAttempts(wait);
        }
    }

    /** Counts an attempt whose credentials were wrong. */
    public void failed(String account, String client) {
        String network = ClientNetwork.of(client);
        String pair = pair(account, network);
        count(pairs, pair);
        if (known.getIfPresent(pair) == null) {
            count(accounts, account);
            count(addresses, network);
        }
    }

    /** Remembers that the account is used from this address. */
    public void succeeded(String account, String client) {
        String pair = pair(account, ClientNetwork.of(client));
        pairs.invalidate(pair);
        known.put(pair, Boolean.TRUE);
    }

    private static String pair(String account, String network) {
        return network + " " + account;
    }

    private void count(Cache<String, Failures> counts, String key) {
        Instant now = clock.instant();
        counts.asMap().merge(key, new Failures(1, now), (before, one) -> new Failures(before.count() + 1, now));
    }

    private Duration wait(Cache<String, Failures> counts, String key, int free) {
        Failures failures = counts.getIfPresent(key);
        if (failures == null || failures.count() < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures.count() - free, MOST_DOUBLINGS);
        Duration whole = FIRST_WAIT.multipliedBy(1L << doublings);
        Duration longest = settings.throttling().longestWait();
        Duration bounded = whole.compareTo(longest) > 0 ? longest : whole;
        return longer(Duration.ZERO, bounded.minus(Duration.between(failures.last(), clock.instant())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private record Failures(int count, Instant last) {}
}
