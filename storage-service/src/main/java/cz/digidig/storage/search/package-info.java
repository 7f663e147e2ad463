/**
 * Finds messages: of a mailbox by IMAP's keys (RFC 9051 §6.4.4), of a mailbox or of a whole account by what people type.
 * What the columns of mailboxes tell comes first, then what the index knows, then the folded texts of what is left, which
 * a bounded cache keeps in memory.
 *
 * <p>Invariants: a cached mailbox is used only at the mod-sequence that the store names for it, so no answer is older
 * than the question; a message's text never changes, so its cache entry is never wrong; what the index says is what the
 * text says, and of a message that is not in it the text is asked, so answers are the same without it. Nothing here
 * writes.
 */
@NullMarked
package cz.digidig.storage.search;

import org.jspecify.annotations.NullMarked;
