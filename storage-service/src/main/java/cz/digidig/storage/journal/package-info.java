/**
 * A mailbox's contents and how they change. The mailbox document is the only commit point: one atomic update takes UIDs
 * and mod-sequences, changes the counters and appends the intents to its journal; pages follow.
 *
 * <p>Invariants: an update names the mod-sequence that it was computed from, so two processes can't both succeed; an
 * intent leaves the journal only after every page that it changes, every delivery record and every move that it carries
 * has been written; a page is named valid by its mod-sequence alone, so a cached one can't be stale unnoticed; no
 * mod-sequence is used twice, and none is visible before it is on disk; what one round computes, its callers hear of
 * only after its commit.
 */
@NullMarked
package cz.digidig.storage.journal;

import org.jspecify.annotations.NullMarked;
