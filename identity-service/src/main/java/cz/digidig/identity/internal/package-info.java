/**
 * What identity offers to the other services: log-in checks, recipients, account facts, signing keys and the stream of
 * changes. {@code -> login, recipient, account, dkim, change}
 */
@NullMarked
package cz.digidig.identity.internal;

import org.jspecify.annotations.NullMarked;
