/** The mail flow: what waits in the queue and what is done to it. Depends on {@code backend}. */
@NullMarked
package cz.digidig.admin.mail;

import org.jspecify.annotations.NullMarked;
