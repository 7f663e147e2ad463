/** Reports on what became of a message (RFC 3464), as octets. Depends on {@code spool} and {@code protocol}. */
@NullMarked
package cz.digidig.smtp.dsn;

import org.jspecify.annotations.NullMarked;
