/** Announces what was changed, after the commit and never before it. Depends on nothing else in this service. */
@NullMarked
package cz.digidig.identity.change;

import org.jspecify.annotations.NullMarked;
