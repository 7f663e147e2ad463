package cz.digidig.common.net;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** When a listener's connections are encrypted. */
public enum TlsMode {
    /** Never. */
    @JsonProperty("none")
    @Schema(title = "Never")
    NONE,
    /** From the moment the client asks for it ({@link Connection#startTls()}). */
    @JsonProperty("starttls")
    @Schema(title = "When the client asks (STARTTLS)")
    STARTTLS,
    /** From the first octet (RFC 8314 §3). */
    @JsonProperty("implicit")
    @Schema(title = "From the first octet")
    IMPLICIT
}
