package cz.digidig.storage.ingest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on what comes in.
 *
 * @param maxMessageSize the largest message
 * @param largeInFlight memory for messages above 1 MB that are coming in at the same time
 */
@Validated
@ConfigurationProperties("digidig.storage.ingest")
public record IngestProperties(
        @DefaultValue("50MB") DataSize maxMessageSize,
        @DefaultValue("120MB") DataSize largeInFlight) {}
