package cz.digidig.smtp.settings;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one client may use, as operators set it at the start. Most of it is but the default of {@link SessionSettings}.
 *
 * @param connections the most connections of one listener
 * @param connectionsPerAddress the most of them from one IPv4 address or IPv6 /64 network
 * @param commandIdle how long a client may take to send a command (RFC 5321 §4.5.3.2.7)
 * @param dataIdle how long it may pause within a message (RFC 5321 §4.5.3.2.5)
 * @param session how long a session may last in all
 * @param tlsHandshake how long a TLS handshake may take
 * @param slowGrace how long a message may come slowly before {@code slowest} counts
 * @param slowest octets a second that a message must come with on average
 * @param commandLine octets of a command line: 512 (RFC 5321 §4.5.3.1.4) and what its parameters add
 * @param textLine octets of a message's line, without CRLF. The standard allows 998; real mail has lines far longer
 * @param errors commands that are not understood or not in place before the session is ended
 * @param refusals refused recipients before the session is ended
 * @param logInFailures failed log-ins before the session is ended
 * @param commands commands of one session
 * @param hops Received fields of a message (RFC 5321 §6.3)
 */
@Validated
@ConfigurationProperties("digidig.smtp.limits")
public record SmtpLimits(
        @DefaultValue("1000") @Min(1) int connections,
        @DefaultValue("200") @Min(1) int connectionsPerAddress,
        @DefaultValue("5m") Duration commandIdle,
        @DefaultValue("3m") Duration dataIdle,
        @DefaultValue("2h") Duration session,
        @DefaultValue("30s") Duration tlsHandshake,
        @DefaultValue("1m") Duration slowGrace,
        @DefaultValue("256B") DataSize slowest,
        @DefaultValue("4096") @Min(512) int commandLine,
        @DefaultValue("65536") @Min(998) int textLine,
        @DefaultValue("10") @Min(1) int errors,
        @DefaultValue("100") @Min(1) int refusals,
        @DefaultValue("3") @Min(1) int logInFailures,
        @DefaultValue("100000") @Min(10) int commands,
        @DefaultValue("50") @Min(1) int hops) {}
