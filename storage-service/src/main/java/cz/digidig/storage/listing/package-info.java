/**
 * The public REST face of messages: lists with search and paging, one message decoded, its octets, its parts, its flags.
 * Everything that writes goes through the mailbox store.
 */
@NullMarked
package cz.digidig.storage.listing;

import org.jspecify.annotations.NullMarked;
