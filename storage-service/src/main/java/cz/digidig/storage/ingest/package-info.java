/**
 * The one door for new mail: appended by a client, or delivered. A message's octets and what was read in them are stored
 * first, then the mailbox's commit makes it exist; only after that it is acknowledged.
 */
@NullMarked
package cz.digidig.storage.ingest;

import org.jspecify.annotations.NullMarked;
