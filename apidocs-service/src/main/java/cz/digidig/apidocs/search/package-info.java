/** One search over operations and guides. */
@NullMarked
package cz.digidig.apidocs.search;

import org.jspecify.annotations.NullMarked;
