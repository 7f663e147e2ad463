package cz.digidig.storage.journal;

import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A mailbox at one mod-sequence. Its pages are loaded when somebody needs them. */
public final class Snapshot {
    private static final int ROW_WEIGHT = 80;
    private static final int STATE_WEIGHT = 600;

    private final MailboxState state;
    private final AtomicReferenceArray<@Nullable Page> loaded;

    Snapshot(MailboxState state) {
        this.state = state;
        this.loaded = new AtomicReferenceArray<>(state.pages().numbers().length);
    }

    public MailboxState state() {
        return state;
    }

    int pageCount() {
        return state.pages().numbers().length;
    }

    /** The page at an index, or null where it isn't loaded. */
    @Nullable
    Page loaded(int index) {
        return loaded.get(index);
    }

    void load(int index, Page page) {
        loaded.set(index, page);
    }

    /** Takes over whatever another snapshot of the mailbox has loaded that is valid here too. */
    void reuse(Snapshot other) {
        for (int i = 0; i < loaded.length(); i++) {
            int there = other.state.pages().indexOf(state.pages().numbers()[i]);
            if (loaded.get(i) == null && there >= 0) {
                Page page = other.loaded.get(there);
                if (page != null && page.modSeq() == state.pages().modSeqs()[i]) {
                    loaded.set(i, page);
                }
            }
        }
    }

    /** Indexes of the pages that may hold some of the UIDs. */
    List<Integer> pagesWith(UidSet uids) {
        List<Integer> indexes = new ArrayList<>();
        int[] numbers = state.pages().numbers();
        int range = 0;
        for (int i = 0; i < numbers.length && range < uids.ranges(); i++) {
            while (range < uids.ranges() && Page.numberOf(uids.last(range)) < numbers[i]) {
                range++;
            }
            if (range < uids.ranges() && Page.numberOf(uids.first(range)) <= numbers[i]) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    /** Octets of memory, roughly. */
    int weight() {
        int weight = STATE_WEIGHT + 16 * loaded.length() + 200 * state.journal().size();
        for (int i = 0; i < loaded.length(); i++) {
            Page page = loaded.get(i);
            if (page != null) {
                weight += 64 + ROW_WEIGHT * page.rows().length + 8 * page.gone().length;
            }
        }
        return weight;
    }
}
