package cz.digidig.identity.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What shall be changed of an account; what is null stays. */
record AccountChange(
        @Nullable String newPassword,
        @Nullable Boolean newMustChangePassword,
        @Nullable String newDisplayName,
        @Nullable List<Role> newRoles,
        @Nullable Boolean newEnabled,
        @Nullable Long newQuotaBytes) {

    Optional<String> password() {
        return Optional.ofNullable(newPassword);
    }

    /** Whether the new password is to be changed at the next sign-in with a browser. */
    boolean mustChangePassword() {
        return newMustChangePassword == null || newMustChangePassword;
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

    /** Which fields change, with the new values of those that are no secret. */
    String told() {
        StringBuilder told = new StringBuilder();
        password().ifPresent(_ -> told.append("password "));
        displayName().ifPresent(_ -> told.append("displayName "));
        roles().ifPresent(roles -> told.append("roles=")
                .append(String.join("+", Role.labels(roles)))
                .append(' '));
        enabled().ifPresent(enabled -> told.append("enabled=").append(enabled).append(' '));
        quotaBytes().ifPresent(quota -> told.append("quota=").append(quota).append(' '));
        return told.toString().strip();
    }

    boolean touchesAdministration() {
        return newRoles != null || newEnabled != null;
    }

    @Override
    public String toString() {
        return "AccountChange[]";
    }
}
