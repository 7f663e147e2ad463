/**
 * What a domain's DNS records lead other servers and mail programs to: the policy for TLS (MTA-STS, RFC 8461) and the
 * set-up of mail programs (autoconfig). Open to everybody, for domains served here alone; nothing is answered that DNS
 * does not tell. Depends on {@code backend} and {@code configuration}.
 */
@NullMarked
package cz.digidig.client.discovery;

import org.jspecify.annotations.NullMarked;
