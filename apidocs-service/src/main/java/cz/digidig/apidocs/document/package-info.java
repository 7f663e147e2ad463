/** The services' OpenAPI documents: fetched, kept in every version, merged to one, given out. */
@NullMarked
package cz.digidig.apidocs.document;

import org.jspecify.annotations.NullMarked;
