package cz.digidig.smtp.delivery;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How local delivery goes about it.
 *
 * @param concurrency deliveries at once
 * @param busyConcurrency deliveries at once while mail pours in
 * @param busyRate accepted messages a second that count as pouring in
 * @param busyPatience how long the oldest undelivered message may wait before deliveries are not held back any more
 * @param outageLongestPause the longest pause between attempts while storage is down
 */
@Validated
@ConfigurationProperties("digidig.smtp.delivery")
public record DeliveryProperties(
        @DefaultValue("32") @Min(1) int concurrency,
        @DefaultValue("2") @Min(1) int busyConcurrency,
        @DefaultValue("200") @Min(1) int busyRate,
        @DefaultValue("20s") Duration busyPatience,
        @DefaultValue("3s") Duration outageLongestPause) {}
