package cz.digidig.smtp.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The service's configuration, {@code smtp_config.json}.
 *
 * @param hostname how this server names itself, in greetings, EHLO and Received
 * @param maxMessageSize the largest message in octets
 * @param maxRecipients the most recipients of one message
 * @param dnsServers {@code host:port} of the name servers; empty: the system's
 * @param listeners where mail comes in
 * @param smartHosts what mail to elsewhere goes through, those for the sender's domain in this order, or else those for
 *     all; none: straight to the recipients' servers
 * @param checks what is checked of mail from outside
 * @param submission what one account may send
 */
public record SmtpSettings(
        @NotBlank String hostname,
        @Min(1024) @Max(1_073_741_824L) long maxMessageSize,
        @Min(1) @Max(10_000) int maxRecipients,

        @NotNull @Size(max = 10)
        List<@NotNull @Pattern(regexp = NAME_SERVER, message = "not host:port") String> dnsServers,

        @NotNull List<@Valid MailListener> listeners,
        @NotNull @Size(max = 100) List<@NotNull @Valid SmartHost> smartHosts,
        @NotNull @Valid Checks checks,
        @NotNull @Valid Submission submission) {
    public static final long DEFAULT_MESSAGE_SIZE = 50L * 1024 * 1024;
    public static final int DEFAULT_RECIPIENTS = 1000;

    private static final String NAME_SERVER = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):"
            + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    public SmtpSettings {
        dnsServers = List.copyOf(dnsServers);
        listeners = List.copyOf(listeners);
        smartHosts = List.copyOf(smartHosts);
    }

    /** The largest message on a listener, in octets. */
    public long mostOctets(Role role) {
        return switch (role) {
            case MX -> maxMessageSize;
            case SUBMISSION ->
                submission.maxMessageSize() == 0
                        ? maxMessageSize
                        : Math.min(maxMessageSize, submission.maxMessageSize());
        };
    }

    /** The most recipients of a message on a listener. */
    public int mostRecipients(Role role) {
        return switch (role) {
            case MX -> maxRecipients;
            case SUBMISSION ->
                submission.maxRecipients() == 0 ? maxRecipients : Math.min(maxRecipients, submission.maxRecipients());
        };
    }

    /** The defaults, for a host and its listeners. */
    public static SmtpSettings of(String hostname, List<MailListener> listeners) {
        return new SmtpSettings(
                hostname,
                DEFAULT_MESSAGE_SIZE,
                DEFAULT_RECIPIENTS,
                List.of(),
                listeners,
                List.of(),
                Checks.NONE,
                Submission.USUAL);
    }
}
