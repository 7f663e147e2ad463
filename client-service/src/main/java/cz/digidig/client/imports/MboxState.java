package cz.digidig.client.imports;

import cz.digidig.common.mailbox.MessageFlag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an mbox says of a message in header fields that are the file's, not the message's: {@code Status}, {@code X-Status} and
 * {@code X-Keywords} of mail programs for Unix, {@code X-Mozilla-*} of Thunderbird. An export of ours begins each message with
 * them, and then further ones of these names belong to the message.
 */
final class MboxState {
    private static final int MOST_KEYWORDS = 64;
    private static final int LONGEST_KEYWORD = 100;
    private static final int MOZILLA_EXPUNGED = 8;

    private final Set<MessageFlag> flags = EnumSet.noneOf(MessageFlag.class);
    private final List<String> keywords = new ArrayList<>();
    private boolean told;
    private boolean expunged;
    private boolean ours;
    private int fields;

    /** Takes a header field in; false: it is the message's own. */
    boolean take(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        int place = fields++;
        ours = (place == 0 && name.equals("status")) || (ours && (place != 1 || name.equals("x-status")));
        if (ours && (place > 2 || (place == 2 && !name.equals("x-keywords")))) {
            return false;
        }
        String value = line.substring(colon + 1).strip();
        return switch (name) {
            case "status" -> tell(value, "R", MessageFlag.SEEN);
            case "x-status" ->
                tell(value, "A", MessageFlag.ANSWERED)
                        && tell(value, "F", MessageFlag.FLAGGED)
                        && tell(value, "T", MessageFlag.DRAFT)
                        && tell(value, "D", MessageFlag.DELETED);
            case "x-keywords", "x-mozilla-keys" -> label(value);
            case "x-mozilla-status" -> mozilla(value);
            case "x-mozilla-status2", "x-uid", "x-imapbase" -> true;
            default -> false;
        };
    }

    private boolean tell(String value, String letter, MessageFlag flag) {
        told = true;
        if (value.contains(letter)) {
            flags.add(flag);
        }
        return true;
    }

    private boolean label(String value) {
        for (String word : value.split("\\s+", -1)) {
            boolean keyword = word.length() <= LONGEST_KEYWORD && word.matches("[!#$&'+-\\[^-z|}~]+");
            if (keyword && keywords.size() < MOST_KEYWORDS && keywords.stream().noneMatch(word::equalsIgnoreCase)) {
                keywords.add(word);
            }
        }
        return true;
    }

    private boolean mozilla(String value) {
        if (!value.matches("[0-9A-Fa-f]{1,8}")) {
            return true;
        }
        told = true;
        long bits = Long.parseLong(value, 16);
        if ((bits & 1) != 0) {
            flags.add(MessageFlag.SEEN);
        }
        if ((bits & 2) != 0) {
            flags.add(MessageFlag.ANSWERED);
        }
        if ((bits & 4) != 0) {
            flags.add(MessageFlag.FLAGGED);
        }
        expunged = (bits & MOZILLA_EXPUNGED) != 0;
        return true;
    }

    /** Whether it was deleted, and only the file not yet written anew without it. */
    boolean expunged() {
        return expunged;
    }

    /** Null: the file says nothing of it. */
    Found.@Nullable State state() {
        return told || !keywords.isEmpty() ? new Found.State(flags, List.copyOf(keywords)) : null;
    }
}
