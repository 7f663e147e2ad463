package cz.digidig.storage.index;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The search index' limits.
 *
 * @param bufferMegabytes memory for what is not on disk yet
 * @param batch messages that are read and indexed at once
 * @param delay how long changes of a mailbox are gathered before they are indexed
 * @param walk time between looks at all mailboxes, where other processes write to the same database
 */
@Validated
@ConfigurationProperties("digidig.index")
record IndexProperties(
        @DefaultValue("16") @Min(1) @Max(512) int bufferMegabytes,
        @DefaultValue("200") @Min(1) @Max(1000) int batch,
        @DefaultValue("1s") Duration delay,
        @DefaultValue("5m") Duration walk) {}
