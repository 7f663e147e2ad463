package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** Whom a listener serves. */
public enum Role {
    /** Other servers: recipients of this suite only, no log-in. */
    @JsonProperty("mx")
    @Schema(title = "Other servers (MX)")
    MX,
    /** Users of this suite: any recipient, after a log-in (RFC 6409). */
    @JsonProperty("submission")
    @Schema(title = "Users, after a log-in (submission)")
    SUBMISSION
}
