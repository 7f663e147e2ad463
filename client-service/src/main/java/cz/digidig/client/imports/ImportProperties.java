package cz.digidig.client.imports;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on imports.
 *
 * @param upload the largest upload
 * @param unpacked octets that are unpacked of a zip; each message is twice
 * @param message the largest message: what storage takes
 * @param messages the most messages of one import
 */
@Validated
@ConfigurationProperties("digidig.webmail.import")
record ImportProperties(
        @DefaultValue("2GB") DataSize upload,
        @DefaultValue("16GB") DataSize unpacked,
        @DefaultValue("50MB") DataSize message,
        @DefaultValue("1000000") long messages) {}
