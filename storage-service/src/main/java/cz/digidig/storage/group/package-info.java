/** Lets many callers share one round trip to the database. Knows nothing of what is written. */
@NullMarked
package cz.digidig.storage.group;

import org.jspecify.annotations.NullMarked;
