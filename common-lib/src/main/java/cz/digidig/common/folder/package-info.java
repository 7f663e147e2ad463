/** Looks at the folders that a service keeps things in, before anything is opened there. Depends on Spring Boot alone. */
@NullMarked
package cz.digidig.common.folder;

import org.jspecify.annotations.NullMarked;
