/** What the whole suite knows of the person, kept by identity: here, in which time zone pages show times. Depends on {@code backend}. */
@NullMarked
package cz.digidig.client.profile;

import org.jspecify.annotations.NullMarked;
