/** Where an account is signed in, of whatever kind, and how that ends. {@code -> signin, factor, account, audit} */
@NullMarked
package cz.digidig.identity.session;

import org.jspecify.annotations.NullMarked;
