package cz.digidig.imap.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * APPEND (RFC 9051 §6.3.12) of one message, also in the forms of BINARY (RFC 3516 §4.4) and UTF8 (RFC 6855 §4).
 *
 * @param mailbox where to
 * @param flags IMAP names
 * @param internalDate null: now
 * @param message announced, to be read by {@link CommandReader#readMessage}
 * @param closing what stands behind the message
 */
public record AppendCommand(
        MailboxName mailbox, List<String> flags, @Nullable Instant internalDate, MessageLiteral message, String closing)
        implements ImapCommand {

    static AppendCommand parse(CommandReader in) {
        in.space();
        MailboxName mailbox = in.mailbox();
        in.space();
        List<String> flags = List.of();
        if (in.peek() == '(') {
            flags = Flags.parseList(in);
            in.space();
        }
        Instant date = null;
        if (in.peek() == '"') {
            date = Dates.dateTime(in);
            in.space();
        }
        String closing = "";
        if (in.acceptWord("UTF8")) {
            in.space();
            in.expect('(');
            closing = ")";
        }
        return new AppendCommand(mailbox, flags, date, in.messageLiteral(), closing);
    }

    @Override
    public String name() {
        return "APPEND";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
