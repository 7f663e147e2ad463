package cz.digidig.smtp.protocol;

import cz.digidig.common.mail.EmailAddress;

/** Where failures of a message are reported to (RFC 5321 §4.1.1.2). */
public sealed interface ReversePath {
    /** {@code <>}: nobody is told; notifications themselves come so. */
    record Nobody() implements ReversePath {
        @Override
        public String toString() {
            return "";
        }
    }

    /** A mailbox. */
    record Mailbox(EmailAddress address) implements ReversePath {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** The path whose text form this is. */
    static ReversePath of(String text) {
        return text.isEmpty()
                ? new Nobody()
                : new Mailbox(EmailAddress.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("not an address: " + text)));
    }
}
