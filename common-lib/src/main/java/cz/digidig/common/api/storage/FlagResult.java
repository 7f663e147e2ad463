package cz.digidig.common.api.storage;

/**
 * The outcome of a change of flags.
 *
 * @param highestModSeq the mailbox's highest mod-sequence after it
 * @param modSeq the mod-sequence of this very change; 0: all was as wished already, and nothing was changed
 * @param changed the messages named that exist and were not refused, as they are now, changed or not
 * @param modified UIDs refused because of {@code unchangedSince}, as a set in text form
 */
public record FlagResult(long highestModSeq, long modSeq, MessageColumns changed, String modified) {}
