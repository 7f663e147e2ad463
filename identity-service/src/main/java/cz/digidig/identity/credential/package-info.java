/** Passwords as Argon2id hashes: made, checked at bounded cost, and remembered for seconds. Knows no accounts. */
@NullMarked
package cz.digidig.identity.credential;

import org.jspecify.annotations.NullMarked;
