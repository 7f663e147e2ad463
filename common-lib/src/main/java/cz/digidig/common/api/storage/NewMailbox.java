package cz.digidig.common.api.storage;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox to be made; missing superior ones are made too.
 *
 * @param path its full name, levels separated by {@code /}
 * @param specialUse an attribute without backslash (RFC 6154), or null
 */
public record NewMailbox(@NotNull String path, @Nullable String specialUse) {}
