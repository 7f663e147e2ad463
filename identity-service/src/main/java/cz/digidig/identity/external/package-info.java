/**
 * Signing in by other OpenID providers: authorization code with PKCE at the provider, and which account its answer stands
 * for. {@code -> account, audit, settings}
 */
@NullMarked
package cz.digidig.identity.external;

import org.jspecify.annotations.NullMarked;
