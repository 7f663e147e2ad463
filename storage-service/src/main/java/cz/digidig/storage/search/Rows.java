package cz.digidig.storage.search;

import java.util.List;

/** Messages in mailboxes that are searched together, numbered from 0, the newest last. Immutable. */
interface Rows {
    int size();

    long uid(int row);

    /** The message's id. */
    String id(int row);

    long modSeq(int row);

    /** System flags as bits. */
    int flags(int row);

    /** Octets. */
    long size(int row);

    /** Milliseconds since 1970 UTC. */
    long internalDate(int row);

    List<String> keywords(int row);

    /** Which of the {@link #mailboxes} it is in. */
    int mailbox(int row);

    /** Their ids. */
    List<String> mailboxes();

    /** Where messages are among the rows. */
    IdTable ids();
}
