package cz.digidig.identity.dkim;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reaches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Administration of a domain's DKIM keys (scope {@code admin}, or {@code domain-admin} within its domains). Each call
 * answers with all of them as they then are.
 */
@RestController
@RequestMapping("/api/domains/{domain}/dkim")
@Tag(
        name = "DKIM",
        description = "The keys that a domain's mail is signed by. Scope: admin, or domain-admin for its domains.")
class DkimController {
    /** Longer than mail is tried, and than anybody looks at a signature again. */
    private static final int USUAL_DAYS = 7;

    private static final int MOST_DAYS = 90;

    private final DkimKeys keys;
    private final Reaches reaches;
    private final Clock clock;

    DkimController(DkimKeys keys, Reaches reaches, Clock clock) {
        this.keys = keys;
        this.reaches = reaches;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            operationId = "listDkimKeys",
            summary = "List a domain's keys with the TXT records to publish",
            description = "Records of pending, active and retired keys must be in DNS; those of expired ones may go.")
    DomainKeys list(Caller caller, @PathVariable String domain) {
        return view(keys.list(domain, reaches.of(caller)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "makeDkimKeys",
            summary = "Make an RSA and an Ed25519 key",
            description = "They are pending: publish their records, then activate them.")
    DomainKeys make(Caller caller, @PathVariable String domain) {
        return view(keys.make(domain, reaches.of(caller)));
    }

    @PostMapping("/rotate")
    @Operation(
            operationId = "rotateDkimKeys",
            summary = "Sign by new keys at once",
            description = "The former ones are retired; their records stay needed for keepDays.")
    DomainKeys rotate(
            Caller caller, @PathVariable String domain, @Valid @RequestBody(required = false) @Nullable Keep keep) {
        return view(keys.rotate(domain, reaches.of(caller), kept(keep)));
    }

    @PostMapping("/{selector}/activate")
    @Operation(operationId = "activateDkimKey", summary = "Sign by this key, in place of the one of its kind")
    DomainKeys activate(
            Caller caller,
            @PathVariable String domain,
            @PathVariable String selector,
            @Valid @RequestBody(required = false) @Nullable Keep keep) {
        return view(keys.activate(domain, reaches.of(caller), selector, kept(keep)));
    }

    @PostMapping("/{selector}/retire")
    @Operation(operationId = "retireDkimKey", summary = "Sign no more by this key")
    DomainKeys retire(
            Caller caller,
            @PathVariable String domain,
            @PathVariable String selector,
            @Valid @RequestBody(required = false) @Nullable Keep keep) {
        return view(keys.retire(domain, reaches.of(caller), selector, kept(keep)));
    }

    private static Duration kept(@Nullable Keep keep) {
        Integer days = keep == null ? null : keep.keepDays();
        return Duration.ofDays(days == null ? USUAL_DAYS : days);
    }

    private DomainKeys view(DkimKeys.Listed listed) {
        Instant now = clock.instant();
        return new DomainKeys(
                listed.domain(),
                listed.keys().stream()
                        .map(key -> KeyView.of(listed.domain(), key, now))
                        .toList());
    }

    /** How many days the records of keys that are retired by this stay needed. */
    record Keep(@Min(1) @Max(MOST_DAYS) @Nullable Integer keepDays) {}

    /** A domain's keys. */
    record DomainKeys(String domain, List<KeyView> keys) {}

    /** A key as it is shown. */
    record KeyView(
            String selector,
            String algorithm,
            String state,
            KeyRecord record,
            Instant createdAt,
            @Nullable Instant activatedAt,
            @Nullable Instant retiredAt,
            @Nullable Instant keepUntil) {
        static KeyView of(String domain, DkimKey key, Instant now) {
            return new KeyView(
                    key.selector(),
                    key.algorithm().label(),
                    key.state(now).name().toLowerCase(Locale.ROOT),
                    KeyRecord.of(domain, key),
                    key.createdAt(),
                    key.activatedAt(),
                    key.retiredAt(),
                    key.keepUntil());
        }
    }
}
