package cz.digidig.storage.journal;

/**
 * Where a message is.
 *
 * @param mailbox the mailbox's id
 * @param uidValidity the mailbox's
 * @param uid its UID
 * @param modSeq its mod-sequence when it came
 * @param id its id
 */
public record Placed(String mailbox, long uidValidity, long uid, long modSeq, String id) {}
