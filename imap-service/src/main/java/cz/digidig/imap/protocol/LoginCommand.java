package cz.digidig.imap.protocol;

/**
 * LOGIN (RFC 9051 §6.2.3).
 *
 * @param username as sent
 * @param password as sent; never logged
 */
public record LoginCommand(String username, String password) implements ImapCommand {
    static LoginCommand parse(CommandReader in) {
        in.space();
        String username = in.astring();
        in.space();
        return new LoginCommand(username, in.astring());
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public Phase allowedIn() {
        return Phase.NOT_AUTHENTICATED;
    }

    /** The password is a secret. */
    @Override
    public String toString() {
        return "LoginCommand[username=" + username + "]";
    }
}
