/** One field that finds accounts, aliases, domains and messages that wait. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.search;

import org.jspecify.annotations.NullMarked;
