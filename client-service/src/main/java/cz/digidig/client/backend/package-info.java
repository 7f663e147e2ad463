/**
 * The other services by their public REST, for pages always under the token of the person whose request is answered:
 * what a page can do, a program of that person can do too. Answers are values; what fails is a {@code ServiceFailure}.
 */
@NullMarked
package cz.digidig.client.backend;

import org.jspecify.annotations.NullMarked;
