package cz.digidig.client.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** What senders do where a domain's mail can't be sent by verified TLS (RFC 8461 §5). */
public enum MtaStsMode {
    @JsonProperty("off")
    @Schema(title = "As if there were no policy")
    OFF,
    @JsonProperty("testing")
    @Schema(title = "Send nevertheless, and report it")
    TESTING,
    @JsonProperty("enforce")
    @Schema(title = "Do not send")
    ENFORCE;

    /** As in a policy. */
    public String label() {
        return this == OFF ? "none" : name().toLowerCase(Locale.ROOT);
    }
}
