/** Aliases: addresses that lead to other addresses, catch-alls included. {@code -> address, audit, domain, change, web} */
@NullMarked
package cz.digidig.identity.alias;

import org.jspecify.annotations.NullMarked;
