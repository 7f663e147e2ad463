/** Every operation of the suite as a page. */
@NullMarked
package cz.digidig.apidocs.reference;

import org.jspecify.annotations.NullMarked;
