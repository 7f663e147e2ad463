package cz.digidig.identity.dkim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One key of a domain, its private part left out.
 *
 * @param id its id, and the context that its private part is sealed in
 * @param selector its name in DNS
 * @param publicKey as {@code p=} shows it
 * @param createdAt when it was made
 * @param activatedAt since when it signs; null: it never did
 * @param retiredAt since when it signs no more; null: it does, or is to
 * @param keepUntil how long its record must stay, of a retired one
 */
record DkimKey(
        String id,
        String selector,
        KeyAlgorithm algorithm,
        String publicKey,
        Instant createdAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant keepUntil) {
    /** How far it is. */
    enum State {
        PENDING,
        ACTIVE,
        RETIRED,
        /** Retired, and its record may be removed. */
        EXPIRED
    }

    State state(Instant now) {
        if (keepUntil != null) {
            return now.isBefore(keepUntil) ? State.RETIRED : State.EXPIRED;
        }
        return activatedAt == null ? State.PENDING : State.ACTIVE;
    }
}
