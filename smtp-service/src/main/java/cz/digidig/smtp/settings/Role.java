package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whom a listener serves. */
public enum Role {
    /** Other servers: recipients of this suite only, no log-in. */
    @JsonProperty("mx")
    MX,
    /** Users of this suite: any recipient, after a log-in (RFC 6409). */
    @JsonProperty("submission")
    SUBMISSION
}
