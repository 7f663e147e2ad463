package cz.digidig.smtp.settings;

import cz.digidig.common.config.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How mail to elsewhere is sent.
 *
 * @param ehloName how this server names itself to others; empty: its host name
 * @param sourceIpv4 the address that connections come from; empty: the system chooses
 * @param sourceIpv6 the same over IPv6
 * @param connections deliveries at once
 * @param connectionsPerDomain deliveries to one domain, or through one smart host, at once
 * @param messagesPerMinute the most transactions with one domain, or one smart host, that begin within a minute; 0: any
 *     number
 * @param recipients the most recipients of one transaction
 * @param domains domains with limits of their own
 */
public record OutboundSettings(
        @NotNull
        @Pattern(regexp = "|" + SmtpSettings.HOST, message = "not the name of a host")
        @Schema(
                title = "EHLO name",
                description = "How this server names itself to others; the address's reverse name should be the same."
                        + " Empty: the host name")
        String ehloName,

        @NotNull
        @AddressForm(AddressForm.Kind.IPV4_OR_EMPTY)
        @Schema(
                title = "Source IPv4 address",
                description = "Of connections to others; an address of this machine. Empty: the system chooses")
        String sourceIpv4,

        @NotNull
        @AddressForm(AddressForm.Kind.IPV6_OR_EMPTY)
        @Schema(
                title = "Source IPv6 address",
                description = "Of connections to others; an address of this machine. Empty: the system chooses")
        String sourceIpv6,

        @Min(1) @Max(10_000) @Schema(title = "Deliveries at once")
        int connections,

        @Min(1)
        @Max(1000)
        @Schema(title = "Deliveries to one domain at once", description = "Or through one smart host")
        int connectionsPerDomain,

        @Min(0)
        @Max(1_000_000)
        @Setting(unit = "per minute")
        @Schema(
                title = "Messages to one domain",
                description = "That begin within a minute; or through one smart host. 0: any number")
        int messagesPerMinute,

        @Min(1)
        @Max(1000)
        @Schema(
                title = "Recipients of one transaction",
                description = "Every server must take 100 (RFC 5321); the rest goes in another one")
        int recipients,

        @NotNull @Size(max = 1000) @Schema(title = "Domains with limits of their own")
        List<@NotNull @Valid DomainLimits> domains) {
    static final OutboundSettings DEFAULTS = new OutboundSettings("", "", "", 64, 4, 0, 100, List.of());

    public OutboundSettings {
        domains = List.copyOf(domains);
    }

    /** Those that the operator set at the start. */
    public static OutboundSettings of(OutboundLimits limits) {
        return new OutboundSettings(
                "",
                "",
                "",
                limits.concurrency(),
                limits.perDomain(),
                DEFAULTS.messagesPerMinute,
                limits.recipients(),
                List.of());
    }

    /** The limits in effect: these, and of the others what the operator set. */
    public OutboundLimits over(OutboundLimits others) {
        return new OutboundLimits(
                others.port(),
                connections,
                connectionsPerDomain,
                recipients,
                others.servers(),
                others.addresses(),
                others.dnsTimeout(),
                others.dnsTime());
    }

    /** What one way of mail may use: a domain, or the name of a smart host. */
    public DomainLimits of(String way) {
        return domains.stream()
                .filter(domain -> domain.domain().equalsIgnoreCase(way))
                .findFirst()
                .orElse(new DomainLimits(way, connectionsPerDomain, messagesPerMinute));
    }
}
