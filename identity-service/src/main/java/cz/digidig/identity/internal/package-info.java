/** What identity offers to the other services: log-in checks, recipients, account facts and the stream of changes. {@code -> login, recipient, account, change} */
@NullMarked
package cz.digidig.identity.internal;

import org.jspecify.annotations.NullMarked;
