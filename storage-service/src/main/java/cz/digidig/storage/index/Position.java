package cz.digidig.storage.index;

/**
 * How far a mailbox is in the index: all messages that it had at a mod-sequence, and all below a UID.
 *
 * @param account its owner
 * @param mailbox its id
 * @param modSeq up to which nothing new is missing
 * @param uidNext the first UID that is not there yet
 */
record Position(String account, String mailbox, long modSeq, long uidNext) {}
