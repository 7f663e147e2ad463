package cz.digidig.common.api.storage;

/**
 * A mailbox's messages that changed after a mod-sequence.
 *
 * @param uidValidity a change of it makes all the caller knows void
 * @param uidNext the UID that the next message gets
 * @param highestModSeq the mod-sequence up to which this answer is complete, once {@code more} is false
 * @param changed messages that are new, or whose flags changed, by UID
 * @param vanished UIDs expunged since, as a set in text form; with {@code since=0}: none
 * @param resync true: too old to tell what vanished; {@code changed} is everything there is
 * @param more true: ask again with {@code afterUid} = the last UID of {@code changed}
 */
public record MailboxChanges(
        long uidValidity,
        long uidNext,
        long highestModSeq,
        MessageColumns changed,
        String vanished,
        boolean resync,
        boolean more) {}
