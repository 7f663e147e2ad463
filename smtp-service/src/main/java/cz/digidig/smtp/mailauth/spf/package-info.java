/**
 * SPF (RFC 7208): whether a domain lets an address send for it. {@link cz.digidig.smtp.mailauth.spf.SpfCheck} evaluates
 * {@code check_host()}; records are parsed whole before anything is looked up, so that a mistake anywhere in one is
 * found. Lookups, void lookups and depth are bounded here, time by the {@code Dns} that the caller gives. Depends on
 * {@code dns}.
 */
@NullMarked
package cz.digidig.smtp.mailauth.spf;

import org.jspecify.annotations.NullMarked;
