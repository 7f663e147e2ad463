package cz.digidig.smtp.settings;

import cz.digidig.common.net.TlsVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/**
 * What TLS is spoken with clients. Its key and certificate are files ({@code DIGIDIG_TLS_DIR}), used as soon as they change.
 *
 * @param minimumVersion the oldest version that is taken
 */
public record TlsSettings(
        @NotNull @Schema(title = "Oldest version", description = "Clients that know only older ones get no TLS")
        TlsVersion minimumVersion) {
    static final TlsSettings DEFAULTS = new TlsSettings(TlsVersion.TLS_1_2);
}
