/**
 * Reads a message once, at arrival: its structure (RFC 5322, RFC 2045 to 2047, RFC 6532), the texts that IMAP shows
 * (RFC 9051 §7.5.2), what lists show, and the text that searches look through.
 *
 * <p>Invariants: no input fails, whatever its octets; time and memory are linear in its size, because depth, parts,
 * header fields and parameters are bounded ({@link cz.digidig.storage.mime.MimeLimits}); octets are never changed, only
 * pointed at. Depends on the JDK and the contracts alone.
 */
@NullMarked
package cz.digidig.storage.mime;

import org.jspecify.annotations.NullMarked;
