package cz.digidig.smtp.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mail to elsewhere is sent, as operators set it at the start. Much of it is but the default of {@link
 * OutboundSettings} and {@link RetrySettings}.
 *
 * @param port the port of other domains' servers
 * @param concurrency deliveries at once
 * @param perDomain deliveries to one domain, or through one smart host, at once
 * @param recipients the most recipients of one transaction (RFC 5321 §4.5.3.1.8 has every server take 100)
 * @param servers how many of a domain's servers are looked up
 * @param addresses how many of their addresses are tried in one attempt
 * @param dnsTimeout how long one name server may take to answer
 * @param dnsTime how long one lookup may take; after so long an attempt begins no more of them
 * @param retries the pauses between attempts; the last one repeats
 * @param expiry how long a message is tried (RFC 5321 §4.5.4.1)
 * @param delayWarning how long until the sender hears of a delay
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
        @DefaultValue("30s") Duration dnsTime,

        @DefaultValue({"1m", "5m", "15m", "30m", "1h", "2h", "4h"}) @NotEmpty
        List<Duration> retries,

        @DefaultValue("5d") Duration expiry,
        @DefaultValue("4h") Duration delayWarning) {
    public OutboundLimits {
        retries = List.copyOf(retries);
    }
}
