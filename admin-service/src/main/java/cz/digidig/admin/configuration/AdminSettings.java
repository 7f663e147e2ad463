package cz.digidig.admin.configuration;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What administrators choose of their own pages, {@code admin_config.json}.
 *
 * @param pollSeconds how often the services are asked how they are
 * @param historyDays how long the figures of the dashboard's charts are kept
 * @param diskWarningPercent from how full a disk is pointed out
 * @param logLines the most lines that a search of the logs shows
 */
public record AdminSettings(
        @Min(5)
        @Max(300)
        @Schema(title = "Seconds between looks", description = "How often the services are asked how they are")
        int pollSeconds,

        @Min(1)
        @Max(31)
        @Schema(title = "Days of history", description = "How long the figures of the dashboard's charts are kept")
        int historyDays,

        @Min(50) @Max(99) @Schema(title = "Disk warning, per cent", description = "From how full a disk is pointed out")
        int diskWarningPercent,

        @Min(50) @Max(2000) @Schema(title = "Log lines", description = "The most lines that a search of the logs shows")
        int logLines) {
    /** What holds where nothing was chosen. */
    public static final AdminSettings DEFAULTS = new AdminSettings(10, 7, 85, 300);
}
