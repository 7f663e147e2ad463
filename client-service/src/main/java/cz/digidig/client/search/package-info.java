/** Finds messages in all folders. Depends on {@code backend}, {@code mailbox} and {@code configuration}. */
@NullMarked
package cz.digidig.client.search;

import org.jspecify.annotations.NullMarked;
