/**
 * Keys for programs: named, with scopes and an end. A program exchanges its key for an access token of minutes, so every
 * service goes on validating offline, and a revoked key is worth nothing minutes later. {@code -> token, account, audit,
 * throttle, web}
 */
@NullMarked
package cz.digidig.identity.apikey;

import org.jspecify.annotations.NullMarked;
