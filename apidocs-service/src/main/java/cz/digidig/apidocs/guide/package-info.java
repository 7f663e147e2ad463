/** Texts about the API as a whole, from Markdown. */
@NullMarked
package cz.digidig.apidocs.guide;

import org.jspecify.annotations.NullMarked;
