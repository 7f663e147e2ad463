/**
 * Deletes what nothing refers to any more: mailboxes without a place in a tree, messages that no mailbox has, blobs that
 * no message has, delivery records past their time. Depends on the database, the journal, the trees and the blobs; nothing
 * depends on it.
 *
 * <p>Invariants: a message is deleted only when two sweeps, a grace period apart, found it in no mailbox of an account
 * that stood still while it was read; a blob only when no message named it and nobody stored it again since its date was
 * looked at. What a crash or a second process does in between delays a deletion and never causes one.
 */
@NullMarked
package cz.digidig.storage.sweep;

import org.jspecify.annotations.NullMarked;
