/**
 * Has storage remove the mail of accounts that are gone. {@code -> account, token}
 *
 * <p>Mail belongs to an account's id, which is never given twice: a new account at the same address sees none of it,
 * however late it goes.
 */
@NullMarked
package cz.digidig.identity.removal;

import org.jspecify.annotations.NullMarked;
