package cz.digidig.common.mailbox;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The system flags (RFC 9051 §2.3.2). {@code \Recent} does not exist here: IMAP4rev2 removed it. */
public enum MessageFlag {
    SEEN("\\Seen", 1),
    ANSWERED("\\Answered", 2),
    FLAGGED("\\Flagged", 4),
    DELETED("\\Deleted", 8),
    DRAFT("\\Draft", 16);

    private final String imapName;

    private final int bit;

    MessageFlag(String imapName, int bit) {
        this.imapName = imapName;
        this.bit = bit;
    }

    /** As written in IMAP, with the backslash. */
    public String imapName() {
        return imapName;
    }

    /** This flag's bit in a set that is kept as an int; stored, so it never changes. */
    public int bit() {
        return bit;
    }

    public boolean in(int bits) {
        return (bits & bit()) != 0;
    }

    public static int toBits(Set<MessageFlag> flags) {
        int bits = 0;
        for (MessageFlag flag : flags) {
            bits |= flag.bit();
        }
        return bits;
    }

    public static Set<MessageFlag> fromBits(int bits) {
        EnumSet<MessageFlag> flags = EnumSet.noneOf(MessageFlag.class);
        for (MessageFlag flag : values()) {
            if (flag.in(bits)) {
                flags.add(flag);
            }
        }
        return flags;
    }

    /** By IMAP name, case-insensitively. */
    public static Optional<MessageFlag> ofImapName(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(flag -> flag.imapName.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }
}
