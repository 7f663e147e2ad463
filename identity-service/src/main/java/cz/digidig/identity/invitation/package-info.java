/** Links by which people set the password of an account that somebody made for them. {@code -> account, audit, settings, web} */
@NullMarked
package cz.digidig.identity.invitation;

import org.jspecify.annotations.NullMarked;
