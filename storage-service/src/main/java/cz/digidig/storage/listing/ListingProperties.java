package cz.digidig.storage.listing;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The memory that listing and reading may take.
 *
 * @param cachedMessages messages whose list entries are kept, about 1,500 octets each
 * @param reading octets of all messages that are being decoded at once
 * @param patience how long a request waits for its share of that
 */
@Validated
@ConfigurationProperties("digidig.listing")
record ListingProperties(
        @DefaultValue("10000") @Min(100) int cachedMessages,
        @DefaultValue("128MB") DataSize reading,
        @DefaultValue("10s") Duration patience) {}
