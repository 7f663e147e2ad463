/** The page on which a person chooses how the webmail is. Depends on {@code mailbox}, {@code preferences} and {@code profile}. */
@NullMarked
package cz.digidig.client.settings;

import org.jspecify.annotations.NullMarked;
