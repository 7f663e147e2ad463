/** Which local address belongs to what: one register for accounts and aliases, so that no address is given twice, and the constraints on addresses in requests. {@code -> domain} */
@NullMarked
package cz.digidig.identity.address;

import org.jspecify.annotations.NullMarked;
