/**
 * Writing. What is written is a message in Drafts from its first second on, one copy, replaced at each save; sending
 * hands exactly that message to smtp and takes the draft away. Between the two lie the seconds in which it can be
 * called back. Depends on {@code backend}, {@code mailbox}, {@code contacts}, {@code identities}, {@code configuration}
 * and {@code preferences}.
 */
@NullMarked
package cz.digidig.client.compose;

import org.jspecify.annotations.NullMarked;
