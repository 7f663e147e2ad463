/**
 * The pages by which a person signs in with a browser, and the browser's session, kept in PostgreSQL so that several
 * processes share it. {@code -> login, factor, passkey, external,
 * invitation, account, audit}
 */
@NullMarked
package cz.digidig.identity.signin;

import org.jspecify.annotations.NullMarked;
