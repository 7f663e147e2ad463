package cz.digidig.imap.protocol;

import org.jspecify.annotations.Nullable;

/**
 * AUTHENTICATE (RFC 9051 §6.2.2), with an initial response where the client sent one (SASL-IR, RFC 4959).
 *
 * @param mechanism in upper case
 * @param initial the response as sent, still in Base64, or {@code =}; null: it comes on a line of its own
 */
public record AuthenticateCommand(
        String mechanism, @Nullable String initial) implements ImapCommand {

    static AuthenticateCommand parse(CommandReader in) {
        in.space();
        String mechanism = in.keyword();
        return new AuthenticateCommand(mechanism, in.acceptSpace() && !in.atEnd() ? in.atom() : null);
    }

    @Override
    public String name() {
        return "AUTHENTICATE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.NOT_AUTHENTICATED;
    }

    /** The response is a secret. */
    @Override
    public String toString() {
        return "AuthenticateCommand[mechanism=" + mechanism + "]";
    }
}
