package cz.digidig.imap.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ID (RFC 2971 §3.1): the client introduces itself.
 *
 * @param fields what it says of itself; bounded in number and length
 */
public record IdCommand(Map<String, String> fields) implements ImapCommand {
    private static final int MOST_FIELDS = 30;
    private static final int MOST_NAME = 30;
    private static final int MOST_VALUE = 1024;

    static IdCommand parse(CommandReader in) {
        in.space();
        Map<String, String> fields = new LinkedHashMap<>();
        if (in.acceptWord("NIL")) {
            return new IdCommand(fields);
        }
        in.expect('(');
        while (!in.accept(')')) {
            if (!fields.isEmpty()) {
                in.space();
            }
            String name = in.string();
            in.space();
            String value = in.nstring();
            fields.put(name, value == null ? "" : value);
            if (fields.size() > MOST_FIELDS
                    || name.length() > MOST_NAME
                    || (value != null && value.length() > MOST_VALUE)) {
                throw in.bad("Too much in ID");
            }
        }
        return new IdCommand(fields);
    }

    @Override
    public String name() {
        return "ID";
    }

    @Override
    public Phase allowedIn() {
        return Phase.ANY;
    }
}
