/** Passwords for mail programs: random, named, revocable, good for SMTP and IMAP alone. {@code -> account, audit, web} */
@NullMarked
package cz.digidig.identity.apppassword;

import org.jspecify.annotations.NullMarked;
