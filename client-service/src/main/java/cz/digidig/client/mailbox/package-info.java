/** Folders and lists of messages, what is done to many messages at once and undone, live changes. Depends on {@code backend}, {@code configuration} and {@code preferences}. */
@NullMarked
package cz.digidig.client.mailbox;

import org.jspecify.annotations.NullMarked;
