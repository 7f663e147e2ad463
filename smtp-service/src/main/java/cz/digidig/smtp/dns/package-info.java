/**
 * The domain name system as mail needs it. {@link cz.digidig.smtp.dns.Dns} is the port: names go in, values come out,
 * and a failure is an answer of its own that is always temporary. Answers are cached as long as they say, an hour at most.
 * dnsjava is seen here alone. Depends on nothing of this service.
 */
@NullMarked
package cz.digidig.smtp.dns;

import org.jspecify.annotations.NullMarked;
