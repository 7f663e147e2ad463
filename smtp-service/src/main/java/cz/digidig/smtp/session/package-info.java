/**
 * One client's session: its state, its transaction, who logged in, what came of the message so far; and the port {@link
 * cz.digidig.smtp.session.Directory}. A session belongs to the connection's thread alone. Its state is a sealed type, so
 * what exists only in a state can't be reached in another. Depends on {@code settings}, {@code spool}, {@code policy},
 * {@code usage}, {@code protocol} and {@code common.net}.
 */
@NullMarked
package cz.digidig.smtp.session;

import org.jspecify.annotations.NullMarked;
