package cz.digidig.storage.search;

import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.index.Region;
import java.time.LocalDate;
import java.util.List;

/** What people look for, as {@link QueryReader} reads it. */
public sealed interface Query {
    /** Every message. */
    record All() implements Query {}

    /** All of several. */
    record And(List<Query> all) implements Query {}

    /** At least one of several. */
    record Or(List<Query> any) implements Query {}

    record Not(Query query) implements Query {}

    /**
     * One of the regions has words, one behind the other.
     *
     * @param words folded, as {@link cz.digidig.storage.index.Words} cuts them, at least one
     * @param open the last one may go on: it was typed as a word, not as a phrase
     */
    record HasWords(List<Region> regions, List<String> words, boolean open) implements Query {}

    /**
     * One of the regions has a text that has no words.
     *
     * @param text folded, not empty
     */
    record HasText(List<Region> regions, String text) implements Query {}

    record HasFlag(MessageFlag flag) implements Query {}

    /** Has a keyword, in any case. */
    record HasKeyword(String name) implements Query {}

    record HasAttachment() implements Query {}

    /**
     * In a mailbox.
     *
     * @param name its id, its path, the last part of it, or its special use, in any case
     */
    record In(String name) implements Query {}

    /** By the day when it came, UTC. */
    record Received(DateTest test, LocalDate date) implements Query {}

    /** More octets than this. */
    record Larger(long size) implements Query {}

    /** Fewer octets than this. */
    record Smaller(long size) implements Query {}
}
