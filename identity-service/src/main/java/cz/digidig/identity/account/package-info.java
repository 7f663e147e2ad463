/** Accounts: their addresses, roles, limits and life cycle. {@code -> address, audit, credential, domain, change, web} */
@NullMarked
package cz.digidig.identity.account;

import org.jspecify.annotations.NullMarked;
