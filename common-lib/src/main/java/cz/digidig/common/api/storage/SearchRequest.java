package cz.digidig.common.api.storage;

import jakarta.validation.constraints.NotNull;

/**
 * A search in one mailbox.
 *
 * @param key what to find
 */
public record SearchRequest(@NotNull SearchKey key) {}
