/**
 * Finds the servers that a domain's mail goes to: by its MX and address records (RFC 5321 §5.1), or the smart hosts of the
 * configuration. Every answer is a value: servers in the order in which to try them, why there are none, or that nobody
 * can tell now. Never this server itself. Lookups are bounded in number and time. Depends on {@code client}, {@code
 * dns}, {@code settings} and {@code protocol}.
 */
@NullMarked
package cz.digidig.smtp.routing;

import org.jspecify.annotations.NullMarked;
