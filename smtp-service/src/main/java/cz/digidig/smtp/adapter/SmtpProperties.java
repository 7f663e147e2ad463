package cz.digidig.smtp.adapter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the configuration's defaults come from, and what the spool may use.
 *
 * @param hostname how this server names itself by default
 * @param mxPort the MX listener's default port
 * @param submissionPort the submission listener's
 * @param submissionsPort the submission listener's with implicit TLS
 * @param spoolMemory what messages being received may hold on the heap together
 * @param spoolFreeSpace what must stay free on the spool's disk
 */
@Validated
@ConfigurationProperties("digidig.smtp")
record SmtpProperties(
        @NotBlank String hostname,
        @DefaultValue("2525") @Min(0) @Max(65535) int mxPort,
        @DefaultValue("2587") @Min(0) @Max(65535) int submissionPort,
        @DefaultValue("2465") @Min(0) @Max(65535) int submissionsPort,
        @DefaultValue("48MB") DataSize spoolMemory,
        @DefaultValue("128MB") DataSize spoolFreeSpace) {}
