package cz.digidig.common.api.storage;

import org.jspecify.annotations.Nullable;

/**
 * What to expunge.
 *
 * @param uids only these, as a set in text form; null: all flagged {@code \Deleted}
 */
public record ExpungeRequest(@Nullable String uids) {}
