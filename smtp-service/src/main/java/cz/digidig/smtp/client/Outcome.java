package cz.digidig.smtp.client;

import cz.digidig.smtp.protocol.EnhancedStatus;

/** What came of a transaction for one recipient. The text has the server and its whole reply. */
public sealed interface Outcome {
    EnhancedStatus status();

    String text();

    /** The server has taken the message over; under this version of TLS, or none (empty). */
    record Delivered(EnhancedStatus status, String text, String tls) implements Outcome {}

    /** Not now: another server, or another time. */
    record Deferred(EnhancedStatus status, String text) implements Outcome {}

    /** The whole message was sent and its reply lost: the server may have it. To be repeated, but not at once. */
    record Uncertain(EnhancedStatus status, String text) implements Outcome {}

    /** Never. */
    record Refused(EnhancedStatus status, String text) implements Outcome {}

    /** This server serves nobody, or not us; another of the domain's may. */
    record HostRefused(EnhancedStatus status, String text) implements Outcome {}
}
