/**
 * DMARC (RFC 7489): whether the author's domain stands behind a message, and what it wants done where it does not.
 * Organizational domains come from the public suffix list that Apache HttpClient carries, so finding one costs no
 * lookup. Depends on {@code mailauth} and {@code dns}.
 */
@NullMarked
package cz.digidig.smtp.mailauth.dmarc;

import org.jspecify.annotations.NullMarked;
