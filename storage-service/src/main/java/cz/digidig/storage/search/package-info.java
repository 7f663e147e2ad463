/**
 * Finds messages of a mailbox (RFC 9051 §6.4.4): by what the mailbox's columns tell first, then by the folded texts of
 * what is left, which a bounded cache keeps in memory.
 *
 * <p>Invariants: a cached mailbox is used only at the mod-sequence that the store names for it, so no answer is older
 * than the question; a message's text never changes, so its cache entry is never wrong. Nothing here writes.
 */
@NullMarked
package cz.digidig.storage.search;

import org.jspecify.annotations.NullMarked;
