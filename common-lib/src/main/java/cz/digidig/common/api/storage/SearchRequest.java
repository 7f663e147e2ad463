package cz.digidig.common.api.storage;

/**
 * A search in one mailbox.
 *
 * @param key what to find
 */
public record SearchRequest(SearchKey key) {}
