/**
 * Second factors of a sign-in: one-time passwords by time (RFC 6238), recovery codes, browsers that are trusted for a
 * while. Secrets are sealed.
 * {@code -> account, secret, throttle, audit, web}
 */
@NullMarked
package cz.digidig.identity.factor;

import org.jspecify.annotations.NullMarked;
