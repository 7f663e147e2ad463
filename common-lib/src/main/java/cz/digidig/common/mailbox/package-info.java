/** Values of the mailbox model that storage and its readers share: flags and UID sets. Depends on the JDK only. */
@NullMarked
package cz.digidig.common.mailbox;

import org.jspecify.annotations.NullMarked;
