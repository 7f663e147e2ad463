package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** How much goes into the log, the least first. */
public enum LogLevel {
    @JsonProperty("error")
    @Schema(title = "Errors only")
    ERROR,
    @JsonProperty("warn")
    @Schema(title = "Warnings too")
    WARN,
    @JsonProperty("info")
    @Schema(title = "Each message and each outcome")
    INFO,
    @JsonProperty("debug")
    @Schema(title = "Everything, for a search")
    DEBUG
}
