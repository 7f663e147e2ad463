/**
 * Brings accepted messages to where they go. Of local mail, one dispatcher takes what is due and gives each delivery a
 * virtual thread, a bounded number at once, fewer while mail pours in. An outage of storage is one fact for all messages:
 * one attempt at a time finds out when it is over, then everything flows. Mail to elsewhere has a dispatcher of its own,
 * so that neither waits for the other: a destination is leased, waits for its turn among those that go the same way, and
 * its outcome is recorded in the spool before the lease ends. Mail to elsewhere gets its signatures
 * as it goes out. Depends on {@code client}, {@code routing}, {@code dsn}, {@code mailauth}, {@code spool} and the ports
 * {@link cz.digidig.smtp.delivery.MessageStore} and {@link cz.digidig.smtp.delivery.SigningKeys}.
 */
@NullMarked
package cz.digidig.smtp.delivery;

import org.jspecify.annotations.NullMarked;
