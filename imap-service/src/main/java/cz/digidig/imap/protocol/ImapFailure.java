package cz.digidig.imap.protocol;

import org.jspecify.annotations.Nullable;

/** The ways in which a command, or the whole connection, can fail as expected. Anything else that is thrown is a bug. */
public abstract sealed class ImapFailure extends RuntimeException {
    private ImapFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    final String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** The client sent what the grammar, or the session's state, does not allow: {@code BAD}. */
    public static final class BadSyntax extends ImapFailure {
        private final String tag;

        public BadSyntax(String text) {
            this("*", text);
        }

        private BadSyntax(String tag, String text) {
            super(text, null);
            this.tag = tag;
        }

        BadSyntax forTag(String found) {
            return new BadSyntax(found, text());
        }

        /** The tag of the command, or {@code *} where there was none to be read. */
        public String tag() {
            return tag;
        }
    }

    /** The command is well-formed and can't be done: {@code NO}. */
    public static final class Refused extends ImapFailure {
        private final @Nullable ResponseCode code;

        public Refused(@Nullable ResponseCode code, String text) {
            super(text, null);
            this.code = code;
        }

        public @Nullable ResponseCode code() {
            return code;
        }
    }

    /** A part of the suite does not answer: {@code NO [UNAVAILABLE]} (RFC 5530 §3). */
    public static final class Unavailable extends ImapFailure {
        public Unavailable(String text, @Nullable Throwable cause) {
            super(text, cause);
        }
    }

    /** The server ends the connection and says why: {@code BYE}. */
    public static final class Farewell extends ImapFailure {
        private final @Nullable ResponseCode code;

        public Farewell(@Nullable ResponseCode code, String text) {
            super(text, null);
            this.code = code;
        }

        public @Nullable ResponseCode code() {
            return code;
        }
    }

    /** The connection can't go on, and nothing can be said any more. */
    public static final class ConnectionEnded extends ImapFailure {
        public ConnectionEnded(String text, @Nullable Throwable cause) {
            super(text, cause);
        }
    }
}
