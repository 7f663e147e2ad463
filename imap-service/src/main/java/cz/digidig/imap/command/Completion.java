package cz.digidig.imap.command;

import cz.digidig.imap.protocol.ImapResponse.Condition;
import cz.digidig.imap.protocol.ResponseCode;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param condition OK, NO or BAD
 * @param code in brackets, or null
 * @param text for people
 */
public record Completion(Condition condition, @Nullable ResponseCode code, String text) {
    static Completion ok(String text) {
        return new Completion(Condition.OK, null, text);
    }

    static Completion ok(ResponseCode code, String text) {
        return new Completion(Condition.OK, code, text);
    }

    static Completion no(@Nullable ResponseCode code, String text) {
        return new Completion(Condition.NO, code, text);
    }
}
