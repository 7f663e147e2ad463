package cz.digidig.identity.settings;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/**
 * The configuration that is changed over REST; each value counts from the next use on.
 *
 * @param tokens how long tokens live
 * @param throttling how failed log-ins are slowed down
 * @param passwords what a new password must be like
 * @param accounts how accounts begin and end
 * @param registration whether people may make their own accounts
 * @param externalProviders other OpenID providers that people may sign in by
 */
public record IdentitySettings(
        @NotNull @Valid @Schema(title = "Tokens") Tokens tokens,

        @NotNull @Valid @Schema(title = "Throttling of failed log-ins")
        Throttling throttling,

        @NotNull @Valid @Schema(title = "Passwords") Passwords passwords,

        @NotNull @Valid @Schema(title = "Accounts") Accounts accounts,

        @NotNull @Valid @Schema(title = "Self-registration") Registration registration,

        @NotNull
        @Size(max = 10)
        @Valid
        @Schema(
                title = "Sign-in by other providers",
                description = "OpenID providers whose verified mail address is that of an account here")
        List<@NotNull @Valid ExternalProvider> externalProviders) {

    public static final IdentitySettings DEFAULTS = new IdentitySettings(
            new Tokens(15, 60, 30, 90),
            new Throttling(5, 10, 20, 900),
            new Passwords(8),
            new Accounts(30, 7),
            new Registration(false, List.of(), 5),
            List.of());

    public IdentitySettings {
        externalProviders = List.copyOf(externalProviders);
    }

    /**
     * How long tokens live.
     *
     * @param accessMinutes a person's access token
     * @param serviceMinutes a service's token
     * @param refreshDays a refresh token that is not used
     * @param sessionDays a log-in, however often it is refreshed
     */
    public record Tokens(
            @Min(1) @Max(1440) @Schema(title = "Life of an access token, in minutes")
            int accessMinutes,

            @Min(2) @Max(1440) @Schema(title = "Life of a service's token, in minutes")
            int serviceMinutes,

            @Min(1) @Max(365) @Schema(title = "Life of an unused refresh token, in days")
            int refreshDays,

            @Min(1) @Max(3650) @Schema(title = "Longest life of a session, in days")
            int sessionDays) {
        public Duration access() {
            return Duration.ofMinutes(accessMinutes);
        }

        public Duration service() {
            return Duration.ofMinutes(serviceMinutes);
        }

        public Duration refresh() {
            return Duration.ofDays(refreshDays);
        }

        public Duration session() {
            return Duration.ofDays(sessionDays);
        }

        /** How long a retired key must stay known: the most that these lives could ever have been. */
        public static Duration longest() {
            return Duration.ofDays(1);
        }
    }

    /**
     * How failed log-ins are slowed down.
     *
     * @param freePerPair failures without a wait of one account from one address
     * @param freePerAccount failures without a wait of one account from unknown addresses
     * @param freePerAddress failures without a wait from one address
     * @param longestWaitSeconds where the growing wait stops to grow
     */
    public record Throttling(
            @Min(1) @Max(1000) @Schema(title = "Free failures of one account from one address")
            int freePerPair,

            @Min(1) @Max(10000) @Schema(title = "Free failures of one account from unknown addresses")
            int freePerAccount,

            @Min(1) @Max(100000) @Schema(title = "Free failures from one address")
            int freePerAddress,

            @Min(1) @Max(86400) @Schema(title = "Longest wait, in seconds")
            int longestWaitSeconds) {
        public Duration longestWait() {
            return Duration.ofSeconds(longestWaitSeconds);
        }
    }

    /**
     * What a new password must be like.
     *
     * @param minimumLength in characters
     */
    public record Passwords(
            @Min(8) @Max(64) @Schema(title = "Shortest password, in characters")
            int minimumLength) {}

    /**
     * How accounts begin and end.
     *
     * @param graceDays how long a deleted account can be restored; 0: it is removed at once
     * @param invitationDays how long the link of an invitation is good
     */
    public record Accounts(
            @Min(0) @Max(365) @Schema(title = "Days in which a deleted account can be restored")
            int graceDays,

            @Min(1) @Max(90) @Schema(title = "Life of an invitation, in days")
            int invitationDays) {
        public Duration invitation() {
            return Duration.ofDays(invitationDays);
        }
    }

    /**
     * Whether people may make their own accounts.
     *
     * @param enabled whether they may
     * @param domains in which of the domains served here
     * @param perAddressAndHour the most accounts made from one network address in an hour
     */
    public record Registration(
            @Schema(title = "People may make their own accounts")
            boolean enabled,

            @NotNull
            @Size(max = 100)
            @Schema(title = "Domains for it", description = "Of those that are served here. None: nobody can register")
            List<@NotBlank @Size(max = 255) String> domains,

            @Min(1) @Max(1000) @Schema(title = "Most accounts from one network address in an hour")
            int perAddressAndHour) {
        public Registration {
            domains = List.copyOf(domains);
        }
    }
}
