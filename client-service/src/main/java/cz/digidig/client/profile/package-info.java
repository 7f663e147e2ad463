/**
 * What the whole suite knows of the person, kept by identity: in which time zone pages show times, which addresses are
 * theirs. Depends on {@code backend}.
 */
@NullMarked
package cz.digidig.client.profile;

import org.jspecify.annotations.NullMarked;
