/** Signing keys, access tokens, refresh token families, and the token end point of services. {@code -> account, audit, throttle, settings} */
@NullMarked
package cz.digidig.identity.token;

import org.jspecify.annotations.NullMarked;
