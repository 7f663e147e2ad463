package cz.digidig.identity.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What shall be changed of an account; what is null stays. */
record AccountChange(
        @Nullable String newPassword,
        @Nullable String newDisplayName,
        @Nullable List<Role> newRoles,
        @Nullable Boolean newEnabled,
        @Nullable Long newQuotaBytes) {

    Optional<String> password() {
        return Optional.ofNullable(newPassword);
    }

    Optional<String> displayName() {
        return Optional.ofNullable(newDisplayName);
    }

    Optional<List<Role>> roles() {
        return Optional.ofNullable(newRoles);
    }

    Optional<Boolean> enabled() {
        return Optional.ofNullable(newEnabled);
    }

    Optional<Long> quotaBytes() {
        return Optional.ofNullable(newQuotaBytes);
    }

    boolean touchesAdministration() {
        return newRoles != null || newEnabled != null;
    }

    @Override
    public String toString() {
        return "AccountChange[]";
    }
}
