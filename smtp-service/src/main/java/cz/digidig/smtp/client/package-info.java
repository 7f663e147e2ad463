/**
 * Speaks SMTP to other servers. One thread has a session for the time of a transaction; a guard of each connection closes
 * it when a step takes longer than it may, whatever the other side does. What came of a transaction is a value for each
 * recipient, with the whole reply in its text; nothing that a server does surfaces as an exception. Depends on {@code
 * protocol} and {@code common.net}.
 */
@NullMarked
package cz.digidig.smtp.client;

import org.jspecify.annotations.NullMarked;
