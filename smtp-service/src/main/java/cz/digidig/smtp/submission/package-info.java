/**
 * Mail that is submitted by REST: composed from JSON or taken as it is, under the same rules as mail of the submission
 * listeners, once for each idempotency key. Nothing is answered with success before the spool has the message and the
 * answer itself is on disk. Depends on {@code session}, {@code policy}, {@code spool}, {@code usage}, {@code
 * settings}, {@code protocol}.
 */
@NullMarked
package cz.digidig.smtp.submission;

import org.jspecify.annotations.NullMarked;
