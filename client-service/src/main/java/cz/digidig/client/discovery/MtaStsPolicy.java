package cz.digidig.client.discovery;

import cz.digidig.client.configuration.MtaStsMode;
import java.time.Duration;

/**
 * A domain's policy for TLS (RFC 8461 §3.2).
 *
 * @param mode what senders do without verified TLS
 * @param mx the host that takes the domain's mail
 */
record MtaStsPolicy(MtaStsMode mode, String mx) {
    /** RFC 8461 §3.2 wants weeks; a week is what a mistake lasts at most. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** As it is served. */
    String text() {
        return "version: STSv1\r\nmode: " + mode.label() + "\r\nmx: " + mx + "\r\nmax_age: " + KEPT.toSeconds()
                + "\r\n";
    }
}
