package cz.digidig.common.api.storage;

import jakarta.validation.constraints.NotNull;

/**
 * Messages to be copied or moved.
 *
 * @param uids which, as a set in text form
 * @param target the id of the mailbox that gets them
 */
public record CopyRequest(@NotNull String uids, @NotNull String target) {}
