/**
 * What each command does: one handler each, and one exhaustive switch in {@link
 * cz.digidig.imap.command.CommandDispatcher}.
 *
 * <p>A handler writes untagged responses as it goes and returns how the command ended; the dispatcher reports what else
 * changed in the mailbox, if that is allowed then, and writes the tagged response. Handlers hold no state and know no other
 * handler. Expected failures are thrown as {@link cz.digidig.imap.protocol.ImapFailure}. Depends on session, mailbox and
 * protocol.
 */
@NullMarked
package cz.digidig.imap.command;

import org.jspecify.annotations.NullMarked;
