package cz.digidig.storage.mailbox;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.journal.FlagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads flags by their IMAP names (RFC 9051 §2.3.2). */
public final class FlagNames {
    private static final int MOST = 64;
    private static final int LENGTH = 100;
    private static final String NOT_IN_ATOM = "(){ %*\"\\]";

    private FlagNames() {}

    /**
     * Takes system flags and keywords apart.
     *
     * @throws ProblemException {@code invalid} where a name can't be one
     */
    public static FlagSet read(List<String> names) {
        int flags = 0;
        List<String> keywords = new ArrayList<>();
        for (String name : names) {
            Optional<MessageFlag> system = MessageFlag.ofImapName(name);
            if (system.isPresent()) {
                flags |= system.get().bit();
            } else if (!isKeyword(name)) {
                throw new ProblemException(ErrorCode.INVALID, "A flag is a system flag or an IMAP atom");
            } else if (keywords.stream().noneMatch(name::equalsIgnoreCase)) {
                keywords.add(name);
            }
        }
        if (keywords.size() > MOST) {
            throw new ProblemException(ErrorCode.INVALID, "A message has at most " + MOST + " keywords");
        }
        return new FlagSet(flags, keywords);
    }

    private static boolean isKeyword(String name) {
        return !name.isEmpty()
                && name.length() <= LENGTH
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && NOT_IN_ATOM.indexOf(c) < 0);
    }
}
