/**
 * Read receipts (message disposition notifications, RFC 8098): what a message asks for, answered by its reader alone and once, and
 * those that come. Depends on {@code backend}, {@code compose} and {@code identities}.
 */
@NullMarked
package cz.digidig.client.receipts;

import org.jspecify.annotations.NullMarked;
