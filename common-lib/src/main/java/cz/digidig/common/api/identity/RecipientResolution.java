package cz.digidig.common.api.identity;

import java.util.List;

/**
 * Where mail to an address ends up.
 *
 * @param outcome why, or why not
 * @param accounts the accounts that get it, each once; empty unless {@link Outcome#DELIVERABLE}
 * @param forwards addresses outside the suite that an alias leads to
 */
public record RecipientResolution(Outcome outcome, List<LocalRecipient> accounts, List<String> forwards) {

    /** The verdict on an address. */
    public enum Outcome {
        /** At least one account or forward. */
        DELIVERABLE,
        /** The domain is not served here: a matter of relaying. */
        NOT_LOCAL,
        /** The domain is served here, and nobody has this address. */
        UNKNOWN,
        /** The account is disabled. */
        DISABLED
    }

    /**
     * One account that mail is delivered to.
     *
     * @param account its id
     * @param email its primary address
     */
    public record LocalRecipient(String account, String email) {}
}
