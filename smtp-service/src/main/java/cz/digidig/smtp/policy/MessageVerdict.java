package cz.digidig.smtp.policy;

import cz.digidig.smtp.protocol.SmtpReply;

/** What comes of a whole message. */
public sealed interface MessageVerdict {
    /**
     * It is taken.
     *
     * @param fields what goes behind our Received field; may be empty
     * @param junk whether it goes to Junk
     */
    record Taken(byte[] fields, boolean junk) implements MessageVerdict {}

    /** The reply that says why not. */
    record Refused(SmtpReply reply) implements MessageVerdict {}
}
