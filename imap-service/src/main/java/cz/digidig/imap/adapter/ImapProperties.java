package cz.digidig.imap.adapter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the configuration's defaults come from, and what the caches may hold.
 *
 * @param hostname how this server is named by default
 * @param imapPort the default port with STARTTLS
 * @param imapsPort the default port with implicit TLS
 * @param snapshotMemory for mailboxes that no session has selected
 * @param renderedMemory for ENVELOPE, BODYSTRUCTURE and the like
 * @param rawMemory for messages' octets
 */
@Validated
@ConfigurationProperties("digidig.imap")
record ImapProperties(
        @NotBlank String hostname,
        @DefaultValue("2143") @Min(0) @Max(65535) int imapPort,
        @DefaultValue("2993") @Min(0) @Max(65535) int imapsPort,
        @DefaultValue("32MB") DataSize snapshotMemory,
        @DefaultValue("48MB") DataSize renderedMemory,
        @DefaultValue("32MB") DataSize rawMemory) {}
