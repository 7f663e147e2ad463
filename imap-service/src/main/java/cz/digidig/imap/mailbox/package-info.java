/**
 * Mailboxes as sessions see them, and the caches behind.
 *
 * <p>A {@link cz.digidig.imap.mailbox.MailboxSnapshot} is immutable: messages as compact columns at one mod-sequence. A
 * {@link cz.digidig.imap.mailbox.SharedMailbox} holds the newest one for all sessions and knows when it may be out of date:
 * an answer or an event named a higher mod-sequence, or the stream of events was interrupted. Only then is storage asked
 * for the changes since. A {@link cz.digidig.imap.mailbox.MailboxView} belongs to one session: it decides what sequence
 * number a UID has there, and changes only when the session tells its client.
 *
 * <p>Everything here is a cache with a mod-sequence, never a source of truth; any doubt means asking again. No lock is held
 * while a client is written to. Depends on common.mailbox and on protocol's values.
 */
@NullMarked
package cz.digidig.imap.mailbox;

import org.jspecify.annotations.NullMarked;
