/**
 * Whether a message is from whom it says: the standards of mail authentication as values and pure evaluation. SPF,
 * DKIM, DMARC and Authentication-Results are sub-packages; here is what they share: a message's header and body as
 * they pass, and the tag lists of DKIM and DMARC records. No socket, no Spring, no clock: the time and the DNS come
 * from the caller. Nothing larger than a header is held. Depends on {@code dns} (its port alone) and {@code
 * common.mail}.
 */
@NullMarked
package cz.digidig.smtp.mailauth;

import org.jspecify.annotations.NullMarked;
