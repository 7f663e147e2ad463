/** Senders whose mail goes to the junk folder at once. Storage keeps them, so that every mail program finds it done. */
@NullMarked
package cz.digidig.client.blocked;

import org.jspecify.annotations.NullMarked;
