/** Trying operations from the page, with the token of the person who is signed in. */
@NullMarked
package cz.digidig.apidocs.trial;

import org.jspecify.annotations.NullMarked;
