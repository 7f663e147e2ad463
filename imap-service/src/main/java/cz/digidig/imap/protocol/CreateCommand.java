package cz.digidig.imap.protocol;

import org.jspecify.annotations.Nullable;

/**
 * CREATE (RFC 9051 §6.3.4), with USE (RFC 6154 §3).
 *
 * @param mailbox its name, without a separator at its end
 * @param specialUse an attribute without its backslash, or null
 */
public record CreateCommand(MailboxName mailbox, @Nullable String specialUse) implements ImapCommand {
    static CreateCommand parse(CommandReader in) {
        in.space();
        MailboxName mailbox = in.mailbox();
        String path = mailbox.path();
        if (path.length() > 1 && path.endsWith("/")) {
            mailbox = new MailboxName(path.substring(0, path.length() - 1));
        }
        String specialUse = null;
        if (in.acceptSpace() && in.accept('(')) {
            if (!in.keyword().equals("USE")) {
                throw in.bad("Unknown parameter of CREATE");
            }
            in.space();
            in.expect('(');
            while (!in.accept(')')) {
                if (specialUse != null) {
                    throw in.bad("One special use for a mailbox");
                }
                in.expect('\\');
                specialUse = in.atom();
            }
            in.expect(')');
        }
        return new CreateCommand(mailbox, specialUse);
    }

    @Override
    public String name() {
        return "CREATE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
