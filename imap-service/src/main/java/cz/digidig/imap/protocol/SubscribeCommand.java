package cz.digidig.imap.protocol;

/**
 * SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8).
 *
 * @param mailbox which
 * @param wish on the list of subscriptions, or off it
 */
public record SubscribeCommand(MailboxName mailbox, Wish wish) implements ImapCommand {
    /** What is wanted. */
    public enum Wish {
        ON,
        OFF
    }

    static SubscribeCommand parse(CommandReader in, Wish wish) {
        in.space();
        return new SubscribeCommand(in.mailbox(), wish);
    }

    @Override
    public String name() {
        return wish == Wish.ON ? "SUBSCRIBE" : "UNSUBSCRIBE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
