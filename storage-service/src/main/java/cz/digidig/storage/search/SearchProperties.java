package cz.digidig.storage.search;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What searching may take.
 *
 * @param cachedRows messages of the mailboxes whose columns are kept, about 150 octets each
 * @param cachedTexts the texts that are kept
 * @param indexFrom mailboxes with fewer messages are searched without the index
 */
@Validated
@ConfigurationProperties("digidig.search")
record SearchProperties(
        @DefaultValue("400000") @Min(1000) long cachedRows,
        @DefaultValue("48MB") DataSize cachedTexts,
        @DefaultValue("200") @Min(0) int indexFrom) {}
