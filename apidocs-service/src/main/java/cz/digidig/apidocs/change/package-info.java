/** What differs between two versions of a document. */
@NullMarked
package cz.digidig.apidocs.change;

import org.jspecify.annotations.NullMarked;
