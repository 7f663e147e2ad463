/**
 * As whom a person writes: for each own address a name, a signature, and where answers go. Which addresses these are,
 * identity says; the rest is among the preferences. Depends on {@code mailbox}, {@code preferences} and {@code
 * profile}.
 */
@NullMarked
package cz.digidig.client.identities;

import org.jspecify.annotations.NullMarked;
