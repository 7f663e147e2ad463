/** The suite's REST API by its own documents: their operations, what they lack, calls made from them. */
@NullMarked
package cz.digidig.system.api;

import org.jspecify.annotations.NullMarked;
