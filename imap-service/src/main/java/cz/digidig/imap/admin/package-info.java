/** What administrators see and do by REST: the sessions that are open. Depends on {@code server}. */
@NullMarked
package cz.digidig.imap.admin;

import org.jspecify.annotations.NullMarked;
