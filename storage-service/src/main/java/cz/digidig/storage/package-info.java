/** Starts the storage service; everything else is in the packages below, one for each feature. */
@NullMarked
package cz.digidig.storage;

import org.jspecify.annotations.NullMarked;
