/** A small service made of the kit alone, and what it must do at its edges. */
@NullMarked
package cz.digidig.edge;

import org.jspecify.annotations.NullMarked;
