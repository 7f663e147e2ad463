package cz.digidig.identity.passkey;

import java.time.Instant;

/**
 * A passkey as it is shown.
 *
 * @param id the credential's id in base64url
 * @param name what its owner calls it
 * @param createdAt when it was enrolled
 * @param lastUsedAt the last sign-in by it, or its enrolment
 * @param synced whether its maker keeps it on several devices
 */
record Passkey(String id, String name, Instant createdAt, Instant lastUsedAt, boolean synced) {}
