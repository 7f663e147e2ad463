package cz.digidig.common.api.storage;

import org.jspecify.annotations.Nullable;

/**
 * A change of a mailbox; null leaves a thing as it is.
 *
 * @param path its new full name
 * @param subscribed whether it is to be on the subscription list
 */
public record MailboxPatch(@Nullable String path, @Nullable Boolean subscribed) {}
