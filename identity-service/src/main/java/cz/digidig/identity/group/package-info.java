/**
 * Groups: addresses whose mail goes to members. A group is kept as an alias with a name, so an address has one owner and
 * one way to its recipients; unlike an alias it gives its members no right to send as it. {@code -> domain, address, audit, change, web}
 */
@NullMarked
package cz.digidig.identity.group;

import org.jspecify.annotations.NullMarked;
