package cz.digidig.common.api.storage;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of flags.
 *
 * @param uids which messages, as a set in text form
 * @param mode what to do with the named flags
 * @param flags IMAP names: system flags with their backslash, keywords as they are
 * @param unchangedSince only messages whose mod-sequence is not above this (RFC 7162 §3.1.3); null: all
 */
public record FlagChange(
        @NotNull String uids,
        @NotNull Mode mode,
        @NotNull List<@NotNull String> flags,
        @Nullable Long unchangedSince) {
    /** What a STORE does. */
    public enum Mode {
        ADD,
        REMOVE,
        REPLACE
    }
}
