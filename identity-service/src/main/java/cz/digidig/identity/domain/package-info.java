/** The mail domains that are served here. {@code -> change, web} */
@NullMarked
package cz.digidig.identity.domain;

import org.jspecify.annotations.NullMarked;
