/** People that a person knows; kept in {@code client_data}. Depends on {@code backend}, {@code files} and {@code mailbox}. */
@NullMarked
package cz.digidig.client.contacts;

import org.jspecify.annotations.NullMarked;
