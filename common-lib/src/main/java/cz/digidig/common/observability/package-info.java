/** Trace ids that follow a message from the socket to the mailbox, over queues and restarts too; figures that services share. */
@NullMarked
package cz.digidig.common.observability;

import org.jspecify.annotations.NullMarked;
