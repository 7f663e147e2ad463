package cz.digidig.common.api.identity;

import java.util.List;
import java.util.Objects;

/**
 * Where mail to an address ends up.
 *
 * @param outcome why, or why not
 * @param accounts the accounts that get it, each once; empty unless the outcome is {@code DELIVERABLE}
 * @param forwards addresses outside the suite that an alias leads to
 * @param posters whose mail it takes, by the envelope's sender: address keys, or {@code @domain}; empty: everybody's
 */
public record RecipientResolution(
        Outcome outcome, List<LocalRecipient> accounts, List<String> forwards, List<String> posters) {
    /** An older identity-service says nothing of posters. */
    public RecipientResolution {
        posters = List.copyOf(Objects.requireNonNullElse(posters, List.of()));
    }

    /** With mail of everybody. */
    public RecipientResolution(Outcome outcome, List<LocalRecipient> accounts, List<String> forwards) {
        this(outcome, accounts, forwards, List.of());
    }

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
