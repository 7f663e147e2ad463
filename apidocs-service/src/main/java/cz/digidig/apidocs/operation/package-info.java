/** The operations that the documents describe, as values. */
@NullMarked
package cz.digidig.apidocs.operation;

import org.jspecify.annotations.NullMarked;
