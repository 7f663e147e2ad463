/**
 * The DKIM keys of domains (RFC 6376, RFC 8463): made for every domain, RSA and Ed25519 together, sealed at rest, told to
 * whoever signs, exchanged by command. A key is pending (its record is to be published), active (it signs) or retired
 * (it signs no more, its record stays for what it has signed). Selectors are never used twice. {@code -> audit,
 * change, domain, secret, web}
 */
@NullMarked
package cz.digidig.identity.dkim;

import org.jspecify.annotations.NullMarked;
