/**
 * Behaviour: one handler for each verb with a behaviour of its own, and the dispatcher with its one exhaustive switch. A
 * handler gets the session and the command and returns the reply; it never writes it. Depends on {@code session}, {@code
 * spool}, {@code policy}, {@code usage}, {@code settings} and {@code protocol}.
 */
@NullMarked
package cz.digidig.smtp.command;

import org.jspecify.annotations.NullMarked;
