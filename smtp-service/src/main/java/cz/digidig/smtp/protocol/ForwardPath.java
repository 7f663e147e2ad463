package cz.digidig.smtp.protocol;

import cz.digidig.common.mail.EmailAddress;

/** A recipient as the envelope names it (RFC 5321 §4.1.1.3). */
public sealed interface ForwardPath {
    /** {@code <Postmaster>} without a domain: this host's own. */
    record Postmaster() implements ForwardPath {}

    /** A mailbox. */
    record Mailbox(EmailAddress address) implements ForwardPath {}
}
