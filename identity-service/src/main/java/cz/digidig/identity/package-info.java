/** Starts the identity service; everything else is in the packages below, one for each feature. */
@NullMarked
package cz.digidig.identity;

import org.jspecify.annotations.NullMarked;
