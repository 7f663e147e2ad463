/** Parsed mail values: addresses and domains with their case and IDNA rules. Depends on the JDK only. */
@NullMarked
package cz.digidig.common.mail;

import org.jspecify.annotations.NullMarked;
