package cz.digidig.smtp.session;

import cz.digidig.smtp.protocol.HelloCommand;

/** How far a session is (RFC 5321 §3). */
public sealed interface SessionState {
    /** Nobody has said hello, or TLS has just begun. */
    record Fresh() implements SessionState {}

    /** Between transactions. */
    record Greeted(HelloCommand hello) implements SessionState {}

    /** Within a transaction. */
    record InMail(HelloCommand hello, MailTransaction mail) implements SessionState {}
}
