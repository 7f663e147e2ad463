/**
 * Passkeys (WebAuthn Level 3), by Spring Security's relying party: enrolled by whoever is signed in, and good for a sign-in
 * without password and code, since the authenticator checks its user (user verification is required). {@code -> account, audit}
 */
@NullMarked
package cz.digidig.identity.passkey;

import org.jspecify.annotations.NullMarked;
