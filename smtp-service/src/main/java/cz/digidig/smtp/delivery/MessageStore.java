package cz.digidig.smtp.delivery;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Where local mail is put. A repeat with the same key stores nothing twice. */
public interface MessageStore {
    /**
     * One message for accounts.
     *
     * @param key what a repeat is known by
     * @param accounts account ids, each once
     * @param place the mailbox
     * @param head octets that go before the content: the Return-Path field
     * @param length octets of the content
     * @param trace the trace id
     */
    record Delivery(String key, List<String> accounts, Place place, byte[] head, long length, String trace) {}

    /** Which of an account's mailboxes. */
    enum Place {
        INBOX,
        /** What the checks on arrival did not like. */
        JUNK,
        /** What the account has sent itself: seen from the beginning. */
        SENT
    }

    /** How it ended for one account. */
    enum Ending {
        DELIVERED,
        OVER_QUOTA,
        /** The account is gone. */
        NO_ACCOUNT
    }

    /** How it ended. */
    sealed interface Outcome {
        /** Storage took care of it. */
        record Answered(Map<String, Ending> endings) implements Outcome {}

        /** Storage does not answer anybody. */
        record Unavailable(String why) implements Outcome {}

        /** Storage answers, but could not do this one now. */
        record Trouble(String why) implements Outcome {}

        /** Storage will never take it. */
        record Refused(String why) implements Outcome {}
    }

    Outcome deliver(Delivery delivery, InputStream content);
}
