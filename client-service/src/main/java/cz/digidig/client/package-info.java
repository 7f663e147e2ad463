/** Starts the client service, which is the webmail; everything else is in the packages below. */
@NullMarked
package cz.digidig.client;

import org.jspecify.annotations.NullMarked;
