/** The mail domains that are served here. {@code -> audit, change, web} */
@NullMarked
package cz.digidig.identity.domain;

import org.jspecify.annotations.NullMarked;
