/** What each person chose of the own webmail; kept in {@code client_data}. */
@NullMarked
package cz.digidig.client.preferences;

import org.jspecify.annotations.NullMarked;
