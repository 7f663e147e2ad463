package cz.digidig.common.net;

/**
 * A line as it was sent.
 *
 * @param octets without the line end; a bare CR may be among them
 * @param ending what ended it
 */
public record Line(byte[] octets, Ending ending) {
    /** What ended a line. */
    public enum Ending {
        CRLF,
        BARE_LF
    }

    /** True: it ended by CRLF and holds no bare CR, as SMTP and IMAP demand (RFC 5321 §2.3.8). */
    public boolean proper() {
        if (ending != Ending.CRLF) {
            return false;
        }
        for (byte octet : octets) {
            if (octet == '\r') {
                return false;
            }
        }
        return true;
    }
}
