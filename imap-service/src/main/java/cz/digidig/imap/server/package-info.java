/**
 * Listeners and connections: what stands between the TCP kit and the commands.
 *
 * <p>One virtual thread owns a connection with its reader, writer and session. During IDLE alone a second one waits for the
 * client's line, so that the owner can wait for that and for news at the same time; the second one reads and never writes.
 * Every wait has a named limit. Depends on command, session, settings, protocol and common.net.
 */
@NullMarked
package cz.digidig.imap.server;

import org.jspecify.annotations.NullMarked;
