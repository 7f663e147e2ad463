package cz.digidig.common.api.storage;

/**
 * What a search found.
 *
 * @param uids as a set in text form
 * @param highestModSeq the highest mod-sequence among them; 0 when empty
 */
public record SearchResult(String uids, long highestModSeq) {}
