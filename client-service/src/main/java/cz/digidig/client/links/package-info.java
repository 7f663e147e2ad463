/** Links in what others wrote: which may be followed, and where they lead. */
@NullMarked
package cz.digidig.client.links;

import org.jspecify.annotations.NullMarked;
