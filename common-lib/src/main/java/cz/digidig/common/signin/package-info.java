/**
 * Signing in to a service's pages by identity (OpenID Connect, authorization code with PKCE), who may enter, and the person's
 * access token. The browser has a session cookie and never sees a token. A service takes part by depending on the OAuth
 * client and by the properties {@code digidig.sign-in}. Depends on {@code web}, {@code security} and {@code client}.
 */
@NullMarked
package cz.digidig.common.signin;

import org.jspecify.annotations.NullMarked;
