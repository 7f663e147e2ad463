/**
 * Invitations to meetings that came by mail (RFC 5545, 5546, 6047): shown above a message's text, and answered. Calendars are
 * written by anybody: what is read of them is bounded, nothing that repeats is ever counted out, and one that can't be read is an
 * attachment like any other. Depends on {@code backend}, {@code compose}, {@code identities} and {@code links}.
 */
@NullMarked
package cz.digidig.client.invitations;

import org.jspecify.annotations.NullMarked;
