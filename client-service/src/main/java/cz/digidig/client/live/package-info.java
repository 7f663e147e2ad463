/** Tells open pages that something changed. A hint: what changed, the page asks for itself. Depends on nothing here. */
@NullMarked
package cz.digidig.client.live;

import org.jspecify.annotations.NullMarked;
