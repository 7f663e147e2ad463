package cz.digidig.imap.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * ENABLE (RFC 9051 §6.3.1).
 *
 * @param capabilities in upper case; unknown ones are ignored
 */
public record EnableCommand(List<String> capabilities) implements ImapCommand {
    private static final int MOST = 50;

    static EnableCommand parse(CommandReader in) {
        List<String> capabilities = new ArrayList<>();
        in.space();
        do {
            capabilities.add(in.keyword());
            if (capabilities.size() > MOST) {
                throw in.bad("Too many capabilities");
            }
        } while (in.acceptSpace() && !in.atEnd());
        return new EnableCommand(capabilities);
    }

    @Override
    public String name() {
        return "ENABLE";
    }

    @Override
    public Phase allowedIn() {
        return Phase.AUTHENTICATED;
    }
}
