/**
 * IMAP as bytes and values: {@link cz.digidig.imap.protocol.CommandReader} makes commands of octets, {@link
 * cz.digidig.imap.protocol.ResponseWriter} makes octets of responses (RFC 9051, RFC 3501 and extensions).
 *
 * <p>Nothing here knows sockets, sessions or storage, and nothing keeps state between two commands but the reader's and
 * writer's buffers. Every input has a named maximum ({@link cz.digidig.imap.protocol.ReaderLimits}). Depends on the JDK and
 * the mail values of common-lib only.
 */
@NullMarked
package cz.digidig.imap.protocol;

import org.jspecify.annotations.NullMarked;
