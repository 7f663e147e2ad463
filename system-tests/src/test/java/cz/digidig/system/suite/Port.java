package cz.digidig.system.suite;

/** What a suite listens on; each is chosen by the environment variable {@code DIGIDIG_<NAME>_PORT}. */
public enum Port {
    IDENTITY,
    STORAGE,
    SMTP,
    CLIENT,
    ADMIN,
    APIDOCS,
    IMAP,
    /** Mail from other servers, in clear with STARTTLS. */
    MX,
    /** Mail from users, STARTTLS. */
    SUBMISSION,
    /** Mail from users, TLS from the start. */
    SUBMISSIONS,
    /** IMAP with STARTTLS. */
    IMAP4,
    /** IMAP, TLS from the start. */
    IMAPS;

    String variable() {
        return "DIGIDIG_" + name() + "_PORT";
    }
}
