package cz.digidig.smtp.client;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long other servers may take (RFC 5321 §4.5.3.2), each for the whole step.
 *
 * @param connect the connection
 * @param tlsHandshake the TLS handshake
 * @param greeting the greeting
 * @param hello the replies to EHLO and HELO, STARTTLS and AUTH
 * @param mail the reply to MAIL
 * @param rcpt the reply to each RCPT
 * @param data the reply to DATA
 * @param block the acceptance of 64 KB of the message
 * @param dataEnd the reply to the message
 * @param quit the reply to QUIT and RSET
 * @param idle how long a connection is kept for another message
 * @param messages the most messages over one connection
 */
@Validated
@ConfigurationProperties("digidig.smtp.client")
public record ClientLimits(
        @DefaultValue("30s") Duration connect,
        @DefaultValue("1m") Duration tlsHandshake,
        @DefaultValue("5m") Duration greeting,
        @DefaultValue("5m") Duration hello,
        @DefaultValue("5m") Duration mail,
        @DefaultValue("5m") Duration rcpt,
        @DefaultValue("2m") Duration data,
        @DefaultValue("3m") Duration block,
        @DefaultValue("10m") Duration dataEnd,
        @DefaultValue("10s") Duration quit,
        @DefaultValue("5s") Duration idle,
        @DefaultValue("100") @Min(1) int messages) {}
