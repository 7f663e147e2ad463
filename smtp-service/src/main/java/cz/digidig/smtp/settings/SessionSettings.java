package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * What one client may use. Limits of connections count from the next connection on, the others from the next session on.
 * All times are seconds.
 *
 * @param connections the most connections of one listener
 * @param connectionsPerAddress the most of them from one IPv4 address or IPv6 /64 network
 * @param connectionsPerMinute the most new ones within a minute from there; 0: any number
 * @param commandTimeout how long a client may take to send a command (RFC 5321 §4.5.3.2.7)
 * @param dataTimeout how long it may pause within a message (RFC 5321 §4.5.3.2.5)
 * @param sessionTimeout how long a session may last in all
 * @param tlsHandshakeTimeout how long a TLS handshake may take
 * @param errors commands that are not understood or not in place before the session is ended
 * @param refusals refused recipients before the session is ended
 * @param logInFailures failed log-ins before the session is ended
 * @param commands commands of one session
 * @param lineLength octets of a message's line, without CRLF
 * @param hops Received fields of a message (RFC 5321 §6.3)
 */
public record SessionSettings(
        @Min(1) @Max(100_000) @Schema(title = "Connections of one listener", description = "Beyond it: 421")
        int connections,

        @Min(1)
        @Max(100_000)
        @Schema(
                title = "Connections of one address",
                description = "At once, from one IPv4 address or IPv6 /64 network. Beyond it: 421")
        int connectionsPerAddress,

        @Min(0)
        @Max(1_000_000)
        @Setting(unit = "per minute")
        @Schema(
                title = "New connections of one address",
                description = "Within a minute, from one IPv4 address or IPv6 /64 network. 0: any number")
        int connectionsPerMinute,

        @Min(1)
        @Max(3600)
        @Setting(unit = "s")
        @Schema(title = "Wait for a command", description = "RFC 5321 asks for at least 300")
        int commandTimeout,

        @Min(1)
        @Max(3600)
        @Setting(unit = "s")
        @Schema(title = "Wait within a message", description = "RFC 5321 asks for at least 180")
        int dataTimeout,

        @Min(10) @Max(86_400) @Setting(unit = "s") @Schema(title = "Longest session")
        int sessionTimeout,

        @Min(1) @Max(600) @Setting(unit = "s") @Schema(title = "Longest TLS handshake")
        int tlsHandshakeTimeout,

        @Min(1)
        @Max(1000)
        @Schema(title = "Errors", description = "Commands not understood or out of place before a session is ended")
        int errors,

        @Min(1) @Max(10_000) @Schema(title = "Refusals", description = "Refused recipients before a session is ended")
        int refusals,

        @Min(1) @Max(100) @Schema(title = "Failed log-ins", description = "Before a session is ended")
        int logInFailures,

        @Min(10) @Max(10_000_000) @Schema(title = "Commands of one session")
        int commands,

        @Min(998)
        @Max(10_000_000)
        @Setting(unit = "octets")
        @Schema(
                title = "Longest line of a message",
                description = "RFC 5321 asks for 998; real mail has far longer ones")
        int lineLength,

        @Min(5) @Max(1000) @Schema(title = "Received fields", description = "More of them are a mail loop (554)")
        int hops) {
    static final SessionSettings DEFAULTS =
            new SessionSettings(1000, 200, 0, 300, 180, 7200, 30, 10, 100, 3, 100_000, 65_536, 50);

    /** Those that the operator set at the start; what is finer than seconds is rounded up. */
    public static SessionSettings of(SmtpLimits limits) {
        return new SessionSettings(
                limits.connections(),
                limits.connectionsPerAddress(),
                DEFAULTS.connectionsPerMinute,
                seconds(limits.commandIdle()),
                seconds(limits.dataIdle()),
                seconds(limits.session()),
                seconds(limits.tlsHandshake()),
                limits.errors(),
                limits.refusals(),
                limits.logInFailures(),
                limits.commands(),
                limits.textLine(),
                limits.hops());
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    /** The limits in effect: these, and of the others what the operator set. */
    public SmtpLimits over(SmtpLimits others) {
        return new SmtpLimits(
                connections,
                connectionsPerAddress,
                Duration.ofSeconds(commandTimeout),
                Duration.ofSeconds(dataTimeout),
                Duration.ofSeconds(sessionTimeout),
                Duration.ofSeconds(tlsHandshakeTimeout),
                others.slowGrace(),
                others.slowest(),
                others.commandLine(),
                lineLength,
                errors,
                refusals,
                logInFailures,
                commands,
                hops);
    }
}
