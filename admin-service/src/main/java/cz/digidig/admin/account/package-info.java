/** Accounts: list, search, one account, import and export as CSV. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.account;

import org.jspecify.annotations.NullMarked;
