package cz.digidig.imap.session;

/** The port to where accounts are known. */
public interface Directory {
    /**
     * Checks a password.
     *
     * @param clientAddress for throttling
     */
    LogIn password(String username, String password, String clientAddress);

    /** Checks an access token (RFC 7628). */
    LogIn token(String token);

    /** How a log-in ends. */
    sealed interface LogIn {
        record Accepted(Account account) implements LogIn {}

        /** Unknown, wrong, expired or disabled, without saying which. */
        record Rejected() implements LogIn {}

        /** Too many attempts; to be repeated later. */
        record Throttled() implements LogIn {}

        /** Nobody can tell now. */
        record Unavailable() implements LogIn {}
    }
}
