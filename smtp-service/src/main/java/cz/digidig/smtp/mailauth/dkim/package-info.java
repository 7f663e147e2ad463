/**
 * DKIM signatures (RFC 6376; RFC 8301 on algorithms, RFC 8463 for Ed25519): {@link
 * cz.digidig.smtp.mailauth.dkim.DkimSigner} makes them, {@link cz.digidig.smtp.mailauth.dkim.DkimVerifier} judges
 * them. Both are fed the message's octets in any pieces and hold its header and hash states, never its body. Depends on
 * {@code mailauth} and {@code dns}.
 */
@NullMarked
package cz.digidig.smtp.mailauth.dkim;

import org.jspecify.annotations.NullMarked;
