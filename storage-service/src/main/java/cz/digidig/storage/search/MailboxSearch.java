package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchResult;
import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searches mailboxes. Any thread may use it. */
public final class MailboxSearch {
    private static final int FIRST_BATCH = 64;
    private static final int MOST_BATCH = 1000;

    private final MailboxSource source;
    private final RowCache rows;
    private final TextCache texts;

    /**
     * A search with its own caches.
     *
     * @param mostRows messages of the mailboxes whose columns are kept in memory
     * @param mostTextOctets the memory that texts may take
     */
    public MailboxSearch(MailboxSource source, long mostRows, long mostTextOctets) {
        this.source = source;
        this.rows = new RowCache(source, mostRows);
        this.texts = new TextCache(source, mostTextOctets);
    }

    /**
     * All messages of a mailbox that match.
     *
     * @param account its owner's id
     * @param mailbox an id, or {@code INBOX}
     * @throws cz.digidig.common.api.problem.ProblemException {@code not-found}, or {@code invalid} where the search is out
     *     of bounds
     */
    public SearchResult search(String account, String mailbox, SearchKey key) {
        Criterion criterion = SearchCompiler.compile(key);
        MailboxRows all = rows(account, mailbox);
        int[] found = newest(all, criterion, all.size(), Integer.MAX_VALUE);
        UidSet.Builder uids = new UidSet.Builder();
        long highestModSeq = 0;
        for (int i = found.length - 1; i >= 0; i--) {
            uids.add(all.uid(found[i]));
            highestModSeq = Math.max(highestModSeq, all.modSeq(found[i]));
        }
        return new SearchResult(uids.build().toString(), highestModSeq);
    }

    /** The messages of a mailbox as they are now. */
    public MailboxRows rows(String account, String mailbox) {
        MailboxSummary summary = source.mailbox(account, mailbox);
        return rows.rows(account, summary);
    }

    /**
     * The newest matching rows, newest first.
     *
     * @param before only rows below this one
     * @param limit the most rows
     */
    public int[] newest(MailboxRows all, SearchKey key, int before, int limit) {
        return newest(all, SearchCompiler.compile(key), before, limit);
    }

    private int[] newest(MailboxRows all, Criterion criterion, int before, int limit) {
        Found found = new Found(limit);
        int batch = FIRST_BATCH;
        int next = before;
        while (next > 0 && !found.full()) {
            int[] candidates = new int[batch];
            Criterion.Answer[] answers = new Criterion.Answer[batch];
            List<String> unknown = new ArrayList<>();
            int count = 0;
            int maybe = found.count;
            // Rows that the columns decide come with those that the texts decide, so that their order stays.
            while (next > 0 && unknown.size() < batch && count < batch && maybe < limit) {
                int row = --next;
                Criterion.Answer answer = criterion.test(all, row, null);
                if (answer != Criterion.Answer.NO) {
                    candidates[count] = row;
                    answers[count++] = answer;
                    if (answer == Criterion.Answer.UNKNOWN) {
                        unknown.add(all.id(row));
                    } else {
                        maybe++;
                    }
                }
            }
            SearchedText[] read = unknown.isEmpty() ? new SearchedText[0] : texts.texts(unknown);
            int text = 0;
            for (int i = 0; i < count && !found.full(); i++) {
                int row = candidates[i];
                Criterion.Answer answer = answers[i];
                if (answer == Criterion.Answer.UNKNOWN) {
                    answer = criterion.test(all, row, read[text++]);
                }
                if (answer == Criterion.Answer.YES) {
                    found.add(row);
                }
            }
            batch = Math.min(MOST_BATCH, 2 * batch);
        }
        return found.rows();
    }

    private static final class Found {
        private final int limit;
        private int[] rows = new int[64];
        private int count;

        Found(int limit) {
            this.limit = limit;
        }

        boolean full() {
            return count >= limit;
        }

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
            }
            rows[count++] = row;
        }

        int[] rows() {
            return Arrays.copyOf(rows, count);
        }
    }
}
