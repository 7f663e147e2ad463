/** Starts, stops, kills and measures a whole suite of its own: free ports, a run folder that is deleted at the end. */
@NullMarked
package cz.digidig.system.suite;

import org.jspecify.annotations.NullMarked;
