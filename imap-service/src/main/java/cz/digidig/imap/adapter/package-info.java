/**
 * The other services behind the ports of mailbox and session, and the composition of this one. Problems of other services
 * become what the client is to be told. Nobody depends on this package.
 */
@NullMarked
package cz.digidig.imap.adapter;

import org.jspecify.annotations.NullMarked;
