/** Finds messages in all folders, and keeps searches. Depends on {@code backend}, {@code mailbox} and {@code preferences}. */
@NullMarked
package cz.digidig.client.search;

import org.jspecify.annotations.NullMarked;
