package cz.digidig.identity.account;

/**
 * An account with what is needed to check its password; never shown.
 *
 * @param facts the account
 * @param passwordHash its Argon2id hash
 */
public record AccountCredential(AccountFacts facts, String passwordHash) {
    @Override
    public String toString() {
        return "AccountCredential[" + facts.id() + "]";
    }
}
