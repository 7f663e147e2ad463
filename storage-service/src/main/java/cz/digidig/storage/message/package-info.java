/**
 * Messages: what was made of them at arrival, and their octets. A message belongs to one account, never changes, and is
 * there before any mailbox names it.
 */
@NullMarked
package cz.digidig.storage.message;

import org.jspecify.annotations.NullMarked;
