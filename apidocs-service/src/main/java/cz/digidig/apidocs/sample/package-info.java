/** Code that calls an operation, in several languages. */
@NullMarked
package cz.digidig.apidocs.sample;

import org.jspecify.annotations.NullMarked;
