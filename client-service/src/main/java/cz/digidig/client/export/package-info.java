/** Writes a person's mail into files that other programs read. Depends on {@code backend} and {@code mailbox}. */
@NullMarked
package cz.digidig.client.export;

import org.jspecify.annotations.NullMarked;
