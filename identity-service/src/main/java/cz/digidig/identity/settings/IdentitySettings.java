package cz.digidig.identity.settings;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * The configuration that is changed over REST; each value counts from the next use on.
 *
 * @param tokens how long tokens live
 * @param throttling how failed log-ins are slowed down
 * @param passwords what a new password must be like
 */
public record IdentitySettings(
        @NotNull @Valid @Schema(title = "Tokens") Tokens tokens,

        @NotNull @Valid @Schema(title = "Throttling of failed log-ins")
        Throttling throttling,

        @NotNull @Valid @Schema(title = "Passwords") Passwords passwords) {

    public static final IdentitySettings DEFAULTS =
            new IdentitySettings(new Tokens(15, 60, 30, 90), new Throttling(5, 10, 20, 900), new Passwords(8));

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
}
