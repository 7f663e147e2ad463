/**
 * Messages opened and made safe to look at. HTML mail never becomes part of a page: it is cleaned, and shown at its own URL in a
 * sandboxed frame under a policy of its own, so that either of the two alone would hold. Depends on {@code backend},
 * {@code mailbox} and {@code preferences}.
 */
@NullMarked
package cz.digidig.client.message;

import org.jspecify.annotations.NullMarked;
