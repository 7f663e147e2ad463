package cz.digidig.common.api.storage;

import java.util.List;

/**
 * What became of a delivery, account by account. A repeat with the same key is answered alike and stores nothing twice.
 *
 * @param results one for each account, in the order asked
 */
public record DeliveryResult(List<AccountResult> results) {
    /**
     * One account's outcome.
     *
     * @param account its id
     * @param outcome what happened
     * @param mailbox the id of the mailbox that holds it; empty where refused
     * @param uid its UID there; 0 where refused
     */
    public record AccountResult(String account, Outcome outcome, String mailbox, long uid) {}

    /** How a delivery to one account ended. */
    public enum Outcome {
        DELIVERED,
        OVER_QUOTA
    }
}
