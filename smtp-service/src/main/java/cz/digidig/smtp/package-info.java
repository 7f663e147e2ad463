/** Starts the smtp service; everything else is in the packages below, one for each feature. */
@NullMarked
package cz.digidig.smtp;

import org.jspecify.annotations.NullMarked;
