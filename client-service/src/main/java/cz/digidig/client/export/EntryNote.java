package cz.digidig.client.export;

import cz.digidig.common.mailbox.MessageFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a zip keeps of a message beside its octets: the comment of its entry, two lines that say so themselves.
 *
 * @param folder the mailbox's path, with the characters that names of files can't have
 */
public record EntryNote(String folder, Set<MessageFlag> flags, List<String> keywords) {
    private static final String FLAGS = "Flags:";
    private static final String FOLDER = "Folder:";
    /** The most that a zip can keep of one entry, in octets. */
    private static final int LONGEST = 0xFFFF;

    static EntryNote of(Kept message) {
        return new EntryNote(message.folder(), message.flags(), message.keywords());
    }

    String text() {
        List<String> names =
                new ArrayList<>(flags.stream().map(MessageFlag::imapName).toList());
        names.addAll(keywords);
        return "%s %s\n%s %s".formatted(FLAGS, String.join(" ", names), FOLDER, folder);
    }

    /** Reads it again; empty: the comment is another program's. */
    public static Optional<EntryNote> read(String comment) {
        String[] lines = comment.split("\n", -1);
        if (comment.length() > LONGEST
                || lines.length != 2
                || !lines[0].startsWith(FLAGS + " ")
                || !lines[1].startsWith(FOLDER + " ")) {
            return Optional.empty();
        }
        Set<MessageFlag> flags = EnumSet.noneOf(MessageFlag.class);
        List<String> keywords = new ArrayList<>();
        Arrays.stream(lines[0].substring(FLAGS.length()).strip().split(" ", -1))
                .filter(name -> !name.isEmpty())
                .forEach(name -> MessageFlag.ofImapName(name).ifPresentOrElse(flags::add, () -> keywords.add(name)));
        return Optional.of(new EntryNote(lines[1].substring(FOLDER.length() + 1), flags, keywords));
    }
}
