package cz.digidig.identity.dkim;

import cz.digidig.common.api.identity.DkimSigningKey;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.secret.SecretSeal;
import cz.digidig.identity.web.OpaqueId;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The life of DKIM keys. */
@Service
public class DkimKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DkimKeys.class);
    /** Keys of one domain that are not expired: enough for a rotation a day. */
    private static final int MOST_LIVING = 40;

    private final DkimStore store;
    private final SecretSeal seal;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    DkimKeys(DkimStore store, SecretSeal seal, Changes changes, Audit audit, Clock clock) {
        this.store = store;
        this.seal = seal;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** A domain's keys, the newest first. */
    record Listed(String domain, List<DkimKey> keys) {}

    /** Gives a new domain its keys, in the transaction that makes the domain. */
    @EventListener
    @Transactional
    void domainChanged(IdentityChange change) {
        if (change.kind() == IdentityChange.Kind.DOMAIN) {
            store.domain(change.id()).ifPresent(this::ensure);
        }
    }

    /** Gives keys to domains that were made before there were any. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    void ready() {
        store.forgetExpired(clock.instant());
        store.withoutKeys().forEach(this::ensure);
    }

    private void ensure(DkimStore.Owner domain) {
        store.lock(domain);
        if (store.keys(domain).isEmpty()) {
            insertPair(domain, List.of(), true);
        }
    }

    @Transactional(readOnly = true)
    Listed list(String reference, Reach reach) {
        return listed(domain(reference, reach));
    }

    private Listed listed(DkimStore.Owner domain) {
        return new Listed(domain.name(), store.keys(domain));
    }

    /** Makes a key of each kind, which sign once they are activated: time to publish their records. */
    @Transactional
    Listed make(String reference, Reach reach) {
        DkimStore.Owner domain = locked(reference, reach);
        String ending = insertPair(domain, living(domain), false);
        return changed(domain, AuditAction.DKIM_KEYS_MADE, "*" + ending);
    }

    /** Makes new keys that sign at once, and retires those that did. */
    @Transactional
    Listed rotate(String reference, Reach reach, Duration keep) {
        DkimStore.Owner domain = locked(reference, reach);
        List<DkimKey> before = living(domain);
        String ending = insertPair(domain, before, true);
        before.stream()
                .filter(key -> key.state(clock.instant()) == DkimKey.State.ACTIVE)
                .forEach(key -> retire(key, keep));
        return changed(domain, AuditAction.DKIM_KEYS_ROTATED, "to *" + ending);
    }

    /** Has a key sign in place of the one of its kind that does now; a retired one may come back. */
    @Transactional
    Listed activate(String reference, Reach reach, String selector, Duration keep) {
        DkimStore.Owner domain = locked(reference, reach);
        DkimKey wanted = key(domain, selector);
        switch (wanted.state(clock.instant())) {
            case ACTIVE -> {}
            case EXPIRED ->
                throw new ProblemException(ErrorCode.CONFLICT, "The time of this key is over; make a new one");
            case PENDING, RETIRED -> {
                store.keys(domain).stream()
                        .filter(key -> key.algorithm() == wanted.algorithm())
                        .filter(key -> key.state(clock.instant()) == DkimKey.State.ACTIVE)
                        .forEach(key -> retire(key, keep));
                store.activate(wanted, clock.instant());
            }
        }
        return changed(domain, AuditAction.DKIM_KEY_ACTIVATED, selector);
    }

    /** Has a key sign no more; its record stays valid for a time. */
    @Transactional
    Listed retire(String reference, Reach reach, String selector, Duration keep) {
        DkimStore.Owner domain = locked(reference, reach);
        DkimKey key = key(domain, selector);
        switch (key.state(clock.instant())) {
            case ACTIVE -> retire(key, keep);
            case PENDING -> retire(key, Duration.ZERO);
            case RETIRED, EXPIRED -> {}
        }
        return changed(domain, AuditAction.DKIM_KEY_RETIRED, selector);
    }

    private void retire(DkimKey key, Duration keep) {
        store.retire(key, clock.instant(), clock.instant().plus(keep));
    }

    /** The keys that a domain's mail is signed by now; none where the domain is not served here. */
    @Transactional(readOnly = true)
    public List<DkimSigningKey> signing(String domainName) {
        return EmailAddress.domain(domainName).map(store::active).orElse(List.of()).stream()
                .map(key -> new DkimSigningKey(
                        key.selector(),
                        key.algorithm().label(),
                        Base64.getEncoder().encodeToString(seal.open(key.privateKey(), key.id()))))
                .toList();
    }

    private DkimStore.Owner domain(String reference, Reach reach) {
        return store.domain(reference)
                .filter(domain -> reach.covers(domain.id()))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such domain"));
    }

    private DkimStore.Owner locked(String reference, Reach reach) {
        DkimStore.Owner domain = domain(reference, reach);
        store.lock(domain);
        store.forgetExpired(clock.instant());
        return domain;
    }

    private List<DkimKey> living(DkimStore.Owner domain) {
        List<DkimKey> all = store.keys(domain);
        long living = all.stream()
                .filter(key -> key.state(clock.instant()) != DkimKey.State.EXPIRED)
                .count();
        if (living >= MOST_LIVING) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "The domain has " + living + " keys; retire some before making more");
        }
        return all;
    }

    private DkimKey key(DkimStore.Owner domain, String selector) {
        return store.keys(domain).stream()
                .filter(key -> key.selector().equals(selector))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such selector"));
    }

    private Listed changed(DkimStore.Owner domain, AuditAction action, String what) {
        changes.domain(domain.id());
        audit.record(action, domain.name(), domain.name(), what);
        return listed(domain);
    }

    /** Returns how their selectors end. */
    private String insertPair(DkimStore.Owner domain, List<DkimKey> existing, boolean active) {
        Instant now = clock.instant();
        Set<String> taken = new HashSet<>();
        existing.forEach(key -> taken.add(key.selector()));
        String ending = Selectors.ending(now.atOffset(ZoneOffset.UTC).getYear(), taken);
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            insert(domain, algorithm, algorithm.selectorPrefix() + ending, now, active ? now : null);
        }
        LOG.info("Made the DKIM keys *{} of {}", ending, domain.name());
        return ending;
    }

    private void insert(
            DkimStore.Owner domain, KeyAlgorithm algorithm, String selector, Instant now, @Nullable Instant activated) {
        KeyPair pair = algorithm.generate();
        String id = OpaqueId.at(clock.millis());
        DkimKey key =
                new DkimKey(id, selector, algorithm, algorithm.published(pair.getPublic()), now, activated, null, null);
        store.insert(domain, key, seal.seal(pair.getPrivate().getEncoded(), id));
    }
}
