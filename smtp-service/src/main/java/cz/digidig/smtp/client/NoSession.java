package cz.digidig.smtp.client;

import java.io.IOException;

/** A session did not come about, or ended: what that means for everybody it was to serve. */
final class NoSession extends IOException {
    private final transient Outcome outcome;
    private final boolean tlsFailed;

    NoSession(Outcome outcome, boolean tlsFailed) {
        super(outcome.text());
        this.outcome = outcome;
        this.tlsFailed = tlsFailed;
    }

    NoSession(Outcome outcome) {
        this(outcome, false);
    }

    Outcome outcome() {
        return outcome;
    }

    /** Whether it would have come about without TLS. */
    boolean tlsFailed() {
        return tlsFailed;
    }
}
