package cz.digidig.imap.protocol;

import java.util.List;

/** What stands in brackets in a status response (RFC 9051 §7.1, RFC 5530). */
public sealed interface ResponseCode {
    /** Codes without arguments. */
    enum Plain implements ResponseCode {
        ALREADYEXISTS,
        AUTHENTICATIONFAILED,
        CANNOT,
        CLIENTBUG,
        CLOSED,
        EXPUNGEISSUED,
        INUSE,
        LIMIT,
        NONEXISTENT,
        NOPERM,
        NOTSAVED,
        OVERQUOTA,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        TOOBIG,
        TRYCREATE,
        UNAVAILABLE,
        UNKNOWN_CTE,
        USEATTR;

        @Override
        public String text() {
            return this == UNKNOWN_CTE ? "UNKNOWN-CTE" : name().replace('_', '-');
        }
    }

    /** RFC 4315 §3. */
    record AppendUid(long uidValidity, long uid) implements ResponseCode {
        @Override
        public String text() {
            return "APPENDUID " + uidValidity + " " + uid;
        }
    }

    /** RFC 4315 §3; both sets in the same order. */
    record CopyUid(long uidValidity, String source, String target) implements ResponseCode {
        @Override
        public String text() {
            return "COPYUID " + uidValidity + " " + source + " " + target;
        }
    }

    record UidNext(long uid) implements ResponseCode {
        @Override
        public String text() {
            return "UIDNEXT " + uid;
        }
    }

    record UidValidity(long value) implements ResponseCode {
        @Override
        public String text() {
            return "UIDVALIDITY " + value;
        }
    }

    /** RFC 3501 §7.1: the first message without {@code \Seen}. */
    record Unseen(int sequence) implements ResponseCode {
        @Override
        public String text() {
            return "UNSEEN " + sequence;
        }
    }

    /** RFC 7162 §3.1.2.1. */
    record HighestModSeq(long value) implements ResponseCode {
        @Override
        public String text() {
            return "HIGHESTMODSEQ " + value;
        }
    }

    /** Flags that the client can change for good; {@code \*}: new keywords too. */
    record PermanentFlags(List<String> flags) implements ResponseCode {
        @Override
        public String text() {
            return "PERMANENTFLAGS (" + String.join(" ", flags) + ")";
        }
    }

    /** RFC 7162 §3.1.3: those not stored because they were changed meanwhile. */
    record Modified(String set) implements ResponseCode {
        @Override
        public String text() {
            return "MODIFIED " + set;
        }
    }

    record BadCharset() implements ResponseCode {
        @Override
        public String text() {
            return "BADCHARSET (US-ASCII UTF-8)";
        }
    }

    record Capability(String names) implements ResponseCode {
        @Override
        public String text() {
            return "CAPABILITY " + names;
        }
    }

    /** RFC 8474 §4. */
    record MailboxId(String id) implements ResponseCode {
        @Override
        public String text() {
            return "MAILBOXID (" + id + ")";
        }
    }

    /** As written between the brackets. */
    String text();
}
