package cz.digidig.smtp.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * The service's configuration, {@code smtp_config.json}.
 *
 * @param hostname how this server names itself, in greetings, EHLO and Received
 * @param maxMessageSize the largest message in octets
 * @param maxRecipients the most recipients of one message
 * @param dnsServers {@code host:port} of the name servers; empty: the system's
 * @param listeners where mail comes in
 * @param smartHosts {@code host:port} that outbound mail goes through; empty: straight to the recipients' servers
 * @param checks what is checked of mail from outside
 */
public record SmtpSettings(
        @NotBlank String hostname,
        @Min(1024) @Max(1_073_741_824L) long maxMessageSize,
        @Min(1) @Max(10_000) int maxRecipients,
        @NotNull List<@NotBlank String> dnsServers,
        @NotNull List<@Valid MailListener> listeners,
        @NotNull List<@NotBlank String> smartHosts,
        @NotNull @Valid Checks checks) {
    public static final long DEFAULT_MESSAGE_SIZE = 50L * 1024 * 1024;
    public static final int DEFAULT_RECIPIENTS = 1000;

    public SmtpSettings {
        dnsServers = List.copyOf(dnsServers);
        listeners = List.copyOf(listeners);
        smartHosts = List.copyOf(smartHosts);
    }

    /** The defaults, for a host and its listeners. */
    public static SmtpSettings of(String hostname, List<MailListener> listeners) {
        return new SmtpSettings(
                hostname, DEFAULT_MESSAGE_SIZE, DEFAULT_RECIPIENTS, List.of(), listeners, List.of(), Checks.NONE);
    }
}
