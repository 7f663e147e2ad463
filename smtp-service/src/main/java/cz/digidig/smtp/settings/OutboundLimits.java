package cz.digidig.smtp.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mail to elsewhere is sent, as operators set it at the start. Much of it is but the default of {@link
 * OutboundSettings}.
 *
 * @param port the port of other domains' servers
 * @param concurrency deliveries at once
 * @param perDomain deliveries to one domain, or through one smart host, at once
 * @param recipients the most recipients of one transaction (RFC 5321 §4.5.3.1.8 has every server take 100)
 * @param servers how many of a domain's servers are looked up
 * @param addresses how many of their addresses are tried in one attempt
 * @param dnsTimeout how long one name server may take to answer
 * @param dnsTime how long one lookup may take; after so long an attempt begins no more of them
 */
@Validated
@ConfigurationProperties("digidig.smtp.outbound")
public record OutboundLimits(
        @DefaultValue("25") @Min(1) @Max(65535) int port,
        @DefaultValue("64") @Min(1) int concurrency,
        @DefaultValue("4") @Min(1) int perDomain,
        @DefaultValue("100") @Min(1) int recipients,
        @DefaultValue("10") @Min(1) int servers,
        @DefaultValue("8") @Min(1) int addresses,
        @DefaultValue("5s") Duration dnsTimeout,
        @DefaultValue("30s") Duration dnsTime) {}
