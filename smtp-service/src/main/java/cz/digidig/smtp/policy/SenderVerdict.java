package cz.digidig.smtp.policy;

import cz.digidig.smtp.protocol.SmtpReply;

/** What comes of MAIL. */
public sealed interface SenderVerdict {
    /** Nothing speaks against the sender so far; its message goes on with this. */
    record Welcome(Arrival arrival) implements SenderVerdict {}

    /** The reply that says why not. */
    record Refused(SmtpReply reply) implements SenderVerdict {}
}
