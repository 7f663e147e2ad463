/**
 * Durable acceptance of mail.
 *
 * <p>Invariants: {@link cz.digidig.smtp.spool.Spool#accept} returns only after the message and its envelope are forced to
 * disk, many messages by one force. One writer thread alone appends to the journal, so the order in the journal is the
 * order of events. Segments are deleted oldest first and only when nothing in them lives, so a state record is never lost
 * before the message that it speaks of. Outcomes are written but not waited for: losing one repeats a delivery, and
 * deliveries carry a key that makes repeats harmless. May depend on {@code protocol} only.
 */
@NullMarked
package cz.digidig.smtp.spool;

import org.jspecify.annotations.NullMarked;
