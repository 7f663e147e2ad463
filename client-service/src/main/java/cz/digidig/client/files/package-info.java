/** Small files in {@code client_data}, one for each account. Depends on nothing here. */
@NullMarked
package cz.digidig.client.files;

import org.jspecify.annotations.NullMarked;
