package cz.digidig.client.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that a search over all mailboxes found, and where. */
public record FoundMessage(Place mailbox, MessageSummary message, Marked subject, Marked snippet) {
    /** The mailbox that it is in. */
    public record Place(String id, String path, @Nullable String specialUse) {}

    /** A text and where in it what was looked for stands. */
    public record Marked(String text, List<Mark> marks) {}

    /** From, and to behind, in UTF-16 units. */
    public record Mark(int start, int end) {}

    /** Part of what was found, newest first. */
    public record FoundPage(
            List<FoundMessage> items, @Nullable String next, Total total) {}

    /** How many match in all. */
    public record Total(long messages, boolean exact) {}
}
