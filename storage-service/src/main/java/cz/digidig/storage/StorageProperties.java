package cz.digidig.storage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The storage service's limits.
 *
 * @param mailboxCache memory for mailboxes' columns
 */
@Validated
@ConfigurationProperties("digidig.storage")
public record StorageProperties(@DefaultValue("64MB") DataSize mailboxCache) {}
