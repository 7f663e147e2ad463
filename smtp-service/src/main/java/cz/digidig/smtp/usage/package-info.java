/**
 * What each account, and each domain that has a limit, has sent in its current day, kept over restarts. Counting is in
 * memory; a file follows within seconds, so a crash forgets the last few messages and never the day. Depends on {@code
 * settings}.
 */
@NullMarked
package cz.digidig.smtp.usage;

import org.jspecify.annotations.NullMarked;
