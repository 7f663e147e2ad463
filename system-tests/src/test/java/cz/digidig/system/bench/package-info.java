/** The small load of {@code ./digidig bench}, for a first look at what a machine can do. It runs from source, JDK alone. */
@NullMarked
package cz.digidig.system.bench;

import org.jspecify.annotations.NullMarked;
