/**
 * Octets by the SHA-256 of their content: compressed, stored once for the whole installation, in parts where they are
 * large.
 *
 * <p>Invariants: a blob's octets never change; whoever stores one that is there already renews its date, and the sweeper
 * deletes one only at the date that it saw, so that nothing is taken away under somebody who has just come to rely on it;
 * the parts of two uploads of the same content never mix.
 */
@NullMarked
package cz.digidig.storage.blob;

import org.jspecify.annotations.NullMarked;
