/** Starts the admin service; everything else is in the packages below, one for each page or what pages share. */
@NullMarked
package cz.digidig.admin;

import org.jspecify.annotations.NullMarked;
