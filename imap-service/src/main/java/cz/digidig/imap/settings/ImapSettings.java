package cz.digidig.imap.settings;

import cz.digidig.imap.session.SessionLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;

/**
 * The service's configuration, {@code imap_config.json}. Times are seconds.
 *
 * @param hostname the name in a certificate that is made at the first start
 * @param maxMessageSize the largest message that APPEND takes, in octets
 * @param maxConnections the most connections of one listener
 * @param maxConnectionsPerAddress the most of them from one IPv4 address or IPv6 /64 network
 * @param autologout a session without a command, or an IDLE, ends after this (RFC 9051 §5.4: at least 1800)
 * @param loginTime from connecting to being logged in
 * @param commandTime for the next part of a command that has begun
 * @param keepAlive an idle session hears something at least this often
 * @param maxBadCommands malformed commands in a row before the session is ended
 * @param maxLoginFailures refused log-ins before the session is ended
 * @param listeners where clients connect
 */
public record ImapSettings(
        @NotBlank String hostname,
        @Min(1024) @Max(1_073_741_824L) long maxMessageSize,
        @Min(1) @Max(1_000_000) int maxConnections,
        @Min(1) @Max(1_000_000) int maxConnectionsPerAddress,
        @Min(1) @Max(86_400) int autologout,
        @Min(1) @Max(3600) int loginTime,
        @Min(1) @Max(3600) int commandTime,
        @Min(1) @Max(86_400) int keepAlive,
        @Min(1) @Max(10_000) int maxBadCommands,
        @Min(1) @Max(100) int maxLoginFailures,
        @NotNull List<@Valid ImapListener> listeners) {
    private static final int CONNECTIONS = 10_000;
    private static final int CONNECTIONS_PER_ADDRESS = 2000;

    public ImapSettings {
        listeners = List.copyOf(listeners);
    }

    /** The defaults, for a host and its listeners. */
    public static ImapSettings of(String hostname, List<ImapListener> listeners) {
        SessionLimits usual = SessionLimits.DEFAULT;
        return new ImapSettings(
                hostname,
                usual.largestMessage(),
                CONNECTIONS,
                CONNECTIONS_PER_ADDRESS,
                (int) usual.autologout().toSeconds(),
                (int) usual.loginTime().toSeconds(),
                (int) usual.commandTime().toSeconds(),
                (int) usual.keepAlive().toSeconds(),
                usual.badCommands(),
                usual.loginFailures(),
                listeners);
    }

    /** What a session may use. */
    public SessionLimits limits() {
        return new SessionLimits(
                Duration.ofSeconds(autologout),
                Duration.ofSeconds(loginTime),
                Duration.ofSeconds(commandTime),
                Duration.ofSeconds(autologout),
                Duration.ofSeconds(keepAlive),
                maxBadCommands,
                maxLoginFailures,
                maxMessageSize,
                SessionLimits.DEFAULT.messageInMemory());
    }
}
