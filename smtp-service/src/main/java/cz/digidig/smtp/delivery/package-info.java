/**
 * Brings accepted messages to where they go. One dispatcher takes what is due and gives each delivery a virtual thread, a
 * bounded number at once, fewer while mail pours in. An outage of storage is one fact for all messages: one attempt at a
 * time finds out when it is over, then everything flows. What goes elsewhere is held. Depends on {@code dsn}, {@code
 * spool} and the port {@link cz.digidig.smtp.delivery.MessageStore}.
 */
@NullMarked
package cz.digidig.smtp.delivery;

import org.jspecify.annotations.NullMarked;
