/** The catalogue of problem types that every REST edge answers with (RFC 9457). */
@NullMarked
package cz.digidig.common.api.problem;

import org.jspecify.annotations.NullMarked;
