/** Trace ids that follow a message from the socket to the mailbox, over queues and restarts too. */
@NullMarked
package cz.digidig.common.observability;

import org.jspecify.annotations.NullMarked;
