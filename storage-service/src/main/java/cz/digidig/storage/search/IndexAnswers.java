package cz.digidig.storage.search;

import cz.digidig.storage.index.IndexLookup;
import cz.digidig.storage.index.IndexView;
import cz.digidig.storage.index.TextCondition;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the index about rows, for one search. The index is opened with the first question. */
final class IndexAnswers implements Known.Source, AutoCloseable {
    /** What comes after is looked up in the texts. */
    private static final int MOST_QUESTIONS = 40;

    private static final Duration MOST = Duration.ofSeconds(2);

    private final IndexLookup index;
    private final String account;
    private final Rows rows;
    private @Nullable IndexView view;
    private @Nullable BitSet covered;
    private int questions;

    IndexAnswers(IndexLookup index, String account, Rows rows) {
        this.index = index;
        this.account = account;
        this.rows = rows;
    }

    @Override
    public @Nullable Known any(List<TextCondition> conditions) {
        questions += conditions.size();
        BitSet there = questions > MOST_QUESTIONS ? null : covered();
        IndexView open = view;
        if (open == null || there == null) {
            return null;
        }
        BitSet sure = new BitSet(rows.size());
        BitSet maybe = new BitSet(rows.size());
        IdTable ids = rows.ids();
        for (TextCondition condition : conditions) {
            boolean found = open.find(
                    condition,
                    (high, low) -> ids.rows(high, low, sure::set),
                    (high, low) -> ids.rows(high, low, maybe::set));
            if (!found) {
                return null;
            }
        }
        return new Known(there, sure, maybe);
    }

    private @Nullable BitSet covered() {
        if (covered != null) {
            return covered;
        }
        IndexView opened = index.view(account, MOST).orElse(null);
        if (opened == null) {
            return null;
        }
        view = opened;
        List<String> mailboxes = rows.mailboxes();
        long[] below = new long[mailboxes.size()];
        for (int i = 0; i < below.length; i++) {
            below[i] = opened.coveredBelow(mailboxes.get(i));
        }
        BitSet found = new BitSet(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            if (rows.uid(row) < below[rows.mailbox(row)]) {
                found.set(row);
            }
        }
        covered = found;
        return found;
    }

    @Override
    public void close() {
        if (view != null) {
            view.close();
        }
    }
}
