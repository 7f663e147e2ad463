package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import cz.digidig.common.net.Network;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * The service's configuration, {@code smtp_config.json}.
 *
 * @param hostname how this server names itself, in greetings, EHLO and Received
 * @param logLevel how much goes into the log
 * @param listeners where mail comes in
 * @param trustedProxies the networks of proxies that may announce clients, to listeners with {@code proxyProtocol}
 * @param tls what TLS is spoken
 * @param maxMessageSize the largest message in octets
 * @param maxRecipients the most recipients of one message
 * @param sessions what one client may use
 * @param outbound how mail to elsewhere is sent
 * @param smartHosts what mail to elsewhere goes through, those for the sender's domain in this order, or else those for
 *     all; none: straight to the recipients' servers
 * @param retry how long mail is tried
 * @param checks what is checked of mail from outside
 * @param submission what one account may send
 * @param dnsServers {@code host:port} of the name servers; empty: the system's
 */
public record SmtpSettings(
        @NotNull
        @Pattern(regexp = HOST, message = "not the name of a host")
        @Setting(group = "Server")
        @Schema(
                title = "Host name",
                description = "How this server names itself: in its greeting, in EHLO and in Received fields",
                example = "mail.example.org")
        String hostname,

        @NotNull @Setting(group = "Server") @Schema(title = "Log level", description = "How much goes into the log")
        LogLevel logLevel,

        @NotNull
        @Size(max = 50)
        @DistinctListeners
        @Setting(group = "Listeners")
        @Schema(title = "Listeners", description = "Where mail comes in. Open sessions finish when a listener changes")
        List<@NotNull @Valid MailListener> listeners,

        @NotNull
        @Size(max = 100)
        @Setting(group = "Listeners")
        @Schema(
                title = "Trusted proxies",
                description = "Addresses or networks of the proxies in front of listeners with the PROXY protocol."
                        + " Connections from elsewhere are closed there",
                example = "[\"10.0.0.0/8\"]")
        List<@NotNull @AddressForm(AddressForm.Kind.NETWORK) String> trustedProxies,

        @NotNull @Valid @Setting(group = "TLS") @Schema(title = "TLS")
        TlsSettings tls,

        @Min(1024)
        @Max(1_073_741_824L)
        @Setting(group = "Limits", unit = "octets")
        @Schema(title = "Largest message", description = "Beyond it a message is refused (552)")
        long maxMessageSize,

        @Min(1)
        @Max(10_000)
        @Setting(group = "Limits")
        @Schema(title = "Most recipients of one message", description = "Those beyond it are put off (452)")
        int maxRecipients,

        @NotNull @Valid @Setting(group = "Limits") @Schema(title = "Sessions", description = "What one client may use")
        SessionSettings sessions,

        @NotNull @Valid @Setting(group = "Sending") @Schema(title = "Sending", description = "How mail goes elsewhere")
        OutboundSettings outbound,

        @NotNull
        @Size(max = 100)
        @Setting(group = "Sending")
        @Schema(
                title = "Smart hosts",
                description = "Servers that mail to elsewhere goes through. None: straight to the recipients' servers")
        List<@NotNull @Valid SmartHost> smartHosts,

        @NotNull @Valid @Setting(group = "Retry") @Schema(title = "Retry", description = "How long mail is tried")
        RetrySettings retry,

        @NotNull
        @Valid
        @Setting(group = "Checks")
        @Schema(title = "Checks", description = "What is checked of mail from outside")
        Checks checks,

        @NotNull
        @Valid
        @Setting(group = "Submission")
        @Schema(title = "Submission", description = "What one account may send")
        Submission submission,

        @NotNull
        @Size(max = 10)
        @Setting(group = "DNS")
        @Schema(
                title = "Name servers",
                description = "Each as host:port. None: the system's",
                example = "[\"192.0.2.53:53\"]")
        List<@NotNull @Pattern(regexp = NAME_SERVER, message = "not host:port") String> dnsServers) {
    public static final long DEFAULT_MESSAGE_SIZE = 50L * 1024 * 1024;
    public static final int DEFAULT_RECIPIENTS = 1000;

    /** A host's name in ASCII (RFC 1123 §2.1); underscores occur. */
    static final String HOST = "(?=.{1,255}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*";

    private static final List<String> THIS_MACHINE = List.of("127.0.0.0/8", "::1");
    private static final String NAME_SERVER = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):"
            + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    public SmtpSettings {
        listeners = List.copyOf(listeners);
        trustedProxies = List.copyOf(trustedProxies);
        smartHosts = List.copyOf(smartHosts);
        dnsServers = List.copyOf(dnsServers);
    }

    /** All else has its default. */
    public SmtpSettings(
            String hostname,
            long maxMessageSize,
            int maxRecipients,
            List<String> dnsServers,
            List<MailListener> listeners,
            List<SmartHost> smartHosts,
            Checks checks,
            Submission submission) {
        this(
                hostname,
                LogLevel.INFO,
                listeners,
                THIS_MACHINE,
                TlsSettings.DEFAULTS,
                maxMessageSize,
                maxRecipients,
                SessionSettings.DEFAULTS,
                OutboundSettings.DEFAULTS,
                smartHosts,
                RetrySettings.DEFAULTS,
                checks,
                submission,
                dnsServers);
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
                Checks.USUAL,
                Submission.USUAL);
    }

    /** The same with what operators set at the start. */
    public SmtpSettings with(SessionSettings sessions, OutboundSettings outbound, RetrySettings retry) {
        return new SmtpSettings(
                hostname,
                logLevel,
                listeners,
                trustedProxies,
                tls,
                maxMessageSize,
                maxRecipients,
                sessions,
                outbound,
                smartHosts,
                retry,
                checks,
                submission,
                dnsServers);
    }

    /** {@link #trustedProxies} as they are compared. */
    public List<Network> proxyNetworks() {
        return trustedProxies.stream()
                .map(Network::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** How this server names itself to other servers. */
    public String ehloName() {
        return outbound.ehloName().isEmpty() ? hostname : outbound.ehloName();
    }
}
