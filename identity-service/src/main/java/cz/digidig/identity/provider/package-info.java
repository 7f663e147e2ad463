/**
 * The OpenID provider: which clients there are, what their tokens say, how authorizations are kept and end (OpenID
 * Connect Core 1.0, RFC 6749, RFC 7636). The protocol itself is Spring Authorization Server's.
 *
 * <p>Codes and refresh tokens are stored as hashes. A refresh token that is used twice ends its authorization. Service
 * tokens (client credentials) leave no row and are {@code token}'s matter. {@code -> signin, account, settings}
 */
@NullMarked
package cz.digidig.identity.provider;

import org.jspecify.annotations.NullMarked;
