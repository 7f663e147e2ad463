/**
 * Looks at the folders that a service keeps things in, before anything is opened there: whether they can be used, and
 * whether the data is of a form that this program knows. Depends on Spring Boot alone.
 */
@NullMarked
package cz.digidig.common.folder;

import org.jspecify.annotations.NullMarked;
