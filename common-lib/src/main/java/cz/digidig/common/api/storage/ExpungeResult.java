package cz.digidig.common.api.storage;

/**
 * The outcome of an expunge.
 *
 * @param expunged the UIDs that are gone, as a set in text form
 * @param highestModSeq the mailbox's highest mod-sequence afterwards
 */
public record ExpungeResult(String expunged, long highestModSeq) {}
