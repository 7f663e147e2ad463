/** The first page: what the suite's services are, and how fresh their documents. */
@NullMarked
package cz.digidig.apidocs.overview;

import org.jspecify.annotations.NullMarked;
