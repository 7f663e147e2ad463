package cz.digidig.apidocs.configuration;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What administrators choose of the documentation, {@code apidocs_config.json}.
 *
 * @param pollSeconds how often the services are asked for their documents
 * @param versionsKept how many versions of each service's document are kept
 */
public record ApidocsSettings(
        @Min(5)
        @Max(3600)
        @Schema(title = "Seconds between looks", description = "How often the services are asked for their documents")
        int pollSeconds,

        @Min(1)
        @Max(500)
        @Schema(title = "Versions kept", description = "How many versions of each service's document are kept")
        int versionsKept) {
    /** What holds where nothing was chosen. */
    public static final ApidocsSettings DEFAULTS = new ApidocsSettings(60, 50);
}
