/** Where mail to an address ends up, and which addresses an account may send as. {@code -> address, domain} */
@NullMarked
package cz.digidig.identity.recipient;

import org.jspecify.annotations.NullMarked;
