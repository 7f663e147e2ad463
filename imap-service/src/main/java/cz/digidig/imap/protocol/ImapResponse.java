package cz.digidig.imap.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says (RFC 9051 §7), FETCH's data aside, which {@link ResponseWriter} writes as it comes. */
public sealed interface ImapResponse {
    /** How a command, or the connection, stands. */
    enum Condition {
        OK,
        NO,
        BAD,
        BYE
    }

    /** The end of a command. */
    record Tagged(String tag, Condition condition, @Nullable ResponseCode code, String text) implements ImapResponse {}

    /** News that no command asked for, or part of an answer. */
    record Untagged(Condition condition, @Nullable ResponseCode code, String text) implements ImapResponse {}

    record Continuation(String text) implements ImapResponse {}

    record Capability(String names) implements ImapResponse {}

    record Enabled(List<String> names) implements ImapResponse {}

    record Id(Map<String, String> fields) implements ImapResponse {}

    /** One personal namespace without a prefix, and no others (RFC 9051 §7.3.4). */
    record Namespace() implements ImapResponse {}

    /**
     * A mailbox (RFC 9051 §7.3.1).
     *
     * @param kind LIST or LSUB
     * @param attributes with backslashes
     * @param mailbox its name
     * @param childInfo for RECURSIVEMATCH (RFC 5258 §3.5): something below is subscribed
     */
    record Mailbox(Kind kind, List<String> attributes, MailboxName mailbox, boolean childInfo) implements ImapResponse {
        /** Whose answer it is. */
        public enum Kind {
            LIST,
            LSUB
        }
    }

    /**
     * STATUS (RFC 9051 §7.3.2).
     *
     * @param mailbox whose
     * @param values each item's value as text, in the order in which they are told
     */
    record Status(MailboxName mailbox, Map<StatusItem, String> values) implements ImapResponse {}

    /** The flags in use in a mailbox. */
    record Flags(List<String> flags) implements ImapResponse {}

    record Exists(int messages) implements ImapResponse {}

    record Recent(int messages) implements ImapResponse {}

    record Expunge(int sequence) implements ImapResponse {}

    /**
     * IMAP4rev1's search answer (RFC 3501 §7.2.5, RFC 7162 §3.1.5).
     *
     * @param numbers the messages
     * @param modSeq the highest mod-sequence among them; 0: not to be told
     */
    record Search(long[] numbers, long modSeq) implements ImapResponse {}

    /**
     * The extended one (RFC 9051 §7.3.4, RFC 7162 §3.1.10).
     *
     * @param tag of the command
     * @param by what the numbers are
     * @param values results by name, in order
     */
    record Esearch(String tag, MessageRef by, Map<String, String> values) implements ImapResponse {}
}
