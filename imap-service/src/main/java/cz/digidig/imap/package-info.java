/** Starts the imap service; everything else is in the packages below, one for each feature. */
@NullMarked
package cz.digidig.imap;

import org.jspecify.annotations.NullMarked;
