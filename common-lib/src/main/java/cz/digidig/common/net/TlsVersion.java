package cz.digidig.common.net;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** Versions of TLS that are served, the older first. */
public enum TlsVersion {
    @JsonProperty("TLSv1.2")
    @Schema(title = "TLS 1.2 and newer")
    TLS_1_2,
    @JsonProperty("TLSv1.3")
    @Schema(title = "TLS 1.3 only")
    TLS_1_3;

    /** What is offered where this is the oldest, as the JDK names it. */
    String[] protocols() {
        return switch (this) {
            case TLS_1_2 -> new String[] {"TLSv1.3", "TLSv1.2"};
            case TLS_1_3 -> new String[] {"TLSv1.3"};
        };
    }
}
