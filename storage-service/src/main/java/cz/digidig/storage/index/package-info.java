/**
 * The search index: which messages have which text, in Lucene files under the data folder. A cache of what MongoDB has, one
 * for each process: fed behind every commit, caught up by mod-sequence, made anew where it is missing, damaged or of
 * another format.
 *
 * <p>Invariants: a message is indexed once, whatever becomes of it in mailboxes, since its text never changes; flags and
 * places come from mailboxes alone. A mailbox' position is written behind its messages by the only thread that writes, so
 * a reader that sees the position sees them. What lies behind the position is the searcher's to test by itself, so no
 * answer depends on how far the index is. No write of mail waits for anything here.
 */
@NullMarked
package cz.digidig.storage.index;

import org.jspecify.annotations.NullMarked;
