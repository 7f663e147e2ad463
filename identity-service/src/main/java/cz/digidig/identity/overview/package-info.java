/** The page where a browser lands that came here by itself. {@code -> factor, passkey, apppassword, session, signin} */
@NullMarked
package cz.digidig.identity.overview;

import org.jspecify.annotations.NullMarked;
