package cz.digidig.identity.account;

/**
 * Published inside the transaction that changes an account's password, disables it or signs it out everywhere: whoever keeps sessions for the
 * account ends them in the same transaction.
 *
 * @param account the account's id
 * @param reason what happened
 */
public record SessionsEnd(String account, Reason reason) {
    /** Why sessions end. */
    public enum Reason {
        PASSWORD_CHANGED,
        DISABLED,
        SIGNED_OUT
    }
}
