/**
 * Secrets at rest: what is stored in the database and must be read again (private keys) is sealed by a key that lies in
 * the data folder alone. Depends on nothing else in this service.
 */
@NullMarked
package cz.digidig.identity.secret;

import org.jspecify.annotations.NullMarked;
