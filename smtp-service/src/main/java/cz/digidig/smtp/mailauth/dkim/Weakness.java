package cz.digidig.smtp.mailauth.dkim;

/** Why a signature that verifies is no reason for trust. */
public enum Weakness {
    /** Hashed by SHA-1 (RFC 8301 §3.1). */
    SHA1("rsa-sha1"),
    /** An RSA key of less than 1024 bits (RFC 8301 §3.2). */
    SHORT_KEY("short key"),
    /** Without {@code v=1} (RFC 6376 §3.5). */
    NO_VERSION("no v=1"),
    /** {@code l=} leaves octets at the end unsigned, which anybody may have added (RFC 6376 §8.2). */
    PARTIAL_BODY("part of the body is not signed"),
    /** The domain is testing, and wants no other treatment than without a signature (RFC 6376 §3.6.1). */
    TESTING("testing");

    private final String why;

    Weakness(String why) {
        this.why = why;
    }

    /** For people. */
    public String why() {
        return why;
    }
}
