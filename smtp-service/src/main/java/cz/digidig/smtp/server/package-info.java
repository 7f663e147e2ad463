/**
 * Listeners and the loop that reads commands and writes replies. One virtual thread owns a connection with all that
 * belongs to it. Replies are flushed when no further command is here. Depends on {@code command}, {@code session}, {@code
 * settings}, {@code protocol} and {@code common.net}.
 */
@NullMarked
package cz.digidig.smtp.server;

import org.jspecify.annotations.NullMarked;
