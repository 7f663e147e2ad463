/**
 * Signing in by identity (OpenID Connect, authorization code with PKCE), who may enter, and the person's access token. The
 * browser has a session cookie and never sees a token. Depends on {@code backend}.
 */
@NullMarked
package cz.digidig.admin.signin;

import org.jspecify.annotations.NullMarked;
