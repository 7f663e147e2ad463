package cz.digidig.common.net;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a listener's connections are encrypted. */
public enum TlsMode {
    /** Never. */
    @JsonProperty("none")
    NONE,
    /** From the moment the client asks for it ({@link Connection#startTls()}). */
    @JsonProperty("starttls")
    STARTTLS,
    /** From the first octet (RFC 8314 §3). */
    @JsonProperty("implicit")
    IMPLICIT
}
