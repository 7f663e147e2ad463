/**
 * The domain name system as mail needs it. {@link cz.digidig.smtp.dns.Dns} is the port: names go in, values come out,
 * and a failure is an answer of its own that is always temporary. Depends on {@code settings}.
 */
@NullMarked
package cz.digidig.smtp.dns;

import org.jspecify.annotations.NullMarked;
