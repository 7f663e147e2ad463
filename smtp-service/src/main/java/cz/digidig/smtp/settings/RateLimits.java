package cz.digidig.smtp.settings;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How much may come in a minute; as much may come at once after a quiet minute. 0: no limit.
 *
 * @param connectionsPerAddress connections of one address to mx listeners
 * @param messagesPerAddress messages of one address on mx listeners
 * @param messagesPerNetwork messages of one IPv4 /24 or IPv6 /64 network on mx listeners
 * @param messagesPerAccount messages that one account submits
 */
public record RateLimits(
        @Schema(title = "Connections per address", description = "A minute; 0: no limit") @Min(0) @Max(1_000_000)
        int connectionsPerAddress,

        @Schema(title = "Messages per address", description = "A minute; 0: no limit") @Min(0) @Max(1_000_000)
        int messagesPerAddress,

        @Schema(title = "Messages per network", description = "A minute, of an IPv4 /24 or IPv6 /64; 0: no limit")
        @Min(0)
        @Max(1_000_000)
        int messagesPerNetwork,

        @Schema(title = "Messages per account", description = "A minute, on submission listeners; 0: no limit")
        @Min(0)
        @Max(1_000_000)
        int messagesPerAccount) {
    /** No limits. */
    public static final RateLimits NONE = new RateLimits(0, 0, 0, 0);
}
