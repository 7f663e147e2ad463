/**
 * Small blocking clients for SMTP, IMAP and REST that hide nothing: octets in, octets out, one thread each. They use the
 * JDK alone, so that the load of {@code ./digidig bench} runs from source.
 */
@NullMarked
package cz.digidig.system.client;

import org.jspecify.annotations.NullMarked;
