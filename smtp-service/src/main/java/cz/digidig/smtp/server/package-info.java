/**
 * Listeners and the loop that reads commands and writes replies. One virtual thread owns a connection with all that
 * belongs to it. Replies are flushed when no further command is here. A changed setting counts
 * from the next connection on; a listener that goes leaves its sessions to their end. Depends on {@code command}, {@code session}, {@code
 * settings}, {@code protocol} and {@code common.net}.
 */
@NullMarked
package cz.digidig.smtp.server;

import org.jspecify.annotations.NullMarked;
