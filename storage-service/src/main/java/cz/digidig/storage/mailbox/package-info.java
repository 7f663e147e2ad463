/**
 * An account's tree of mailboxes and the REST face of mailboxes.
 *
 * <p>Invariants: the tree is one document, changed by compare and set, so a name is never there twice nor lost on the
 * way; a mailbox's document exists before the tree names it, and goes after the tree has let go of it; an account that was
 * removed leaves a mark in place of its tree, and never gets another.
 */
@NullMarked
package cz.digidig.storage.mailbox;

import org.jspecify.annotations.NullMarked;
