/** Aliases: addresses that lead to others. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.alias;

import org.jspecify.annotations.NullMarked;
