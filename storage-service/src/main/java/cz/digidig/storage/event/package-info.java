/**
 * Announces changes of mailboxes to whoever listens, as hints: a reader that is too slow is cut off, and finds by asking
 * what it missed.
 */
@NullMarked
package cz.digidig.storage.event;

import org.jspecify.annotations.NullMarked;
