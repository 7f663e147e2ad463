/**
 * One client's session: its state, what it enabled, and the ports by which handlers reach the connection and the accounts.
 *
 * <p>A session belongs to its connection's thread; nothing here is locked. What exists in one state only is a component of
 * that state's record. Depends on mailbox and protocol.
 */
@NullMarked
package cz.digidig.imap.session;

import org.jspecify.annotations.NullMarked;
