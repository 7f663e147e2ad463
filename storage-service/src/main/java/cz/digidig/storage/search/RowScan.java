package cz.digidig.storage.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One pass over rows, from the newest on; reads texts where nothing else decides. For one thread. */
final class RowScan {
    private static final int FIRST_BATCH = 64;
    private static final int MOST_BATCH = 1000;
    /** About 290 years: no end. */
    private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Rows all;
    private final Criterion criterion;
    private final TextCache texts;
    private int next;

    RowScan(Rows all, Criterion criterion, TextCache texts) {
        this.all = all;
        this.criterion = criterion;
        this.texts = texts;
    }

    /**
     * How many rows match.
     *
     * @param certain without any doubt
     * @param possible those for which only the text tells
     */
    record Count(long certain, long possible) {}

    Count count() {
        long certain = 0;
        long possible = 0;
        for (int row = 0; row < all.size(); row++) {
            switch (criterion.test(all, row, null)) {
                case YES -> certain++;
                case UNKNOWN -> possible++;
                case NO -> {}
            }
        }
        return new Count(certain, possible);
    }

    /** The row from which on all were looked at by {@link #newest}. */
    int end() {
        return next;
    }

    int[] newest(int before, int limit) {
        return newest(before, limit, ENDLESS);
    }

    /**
     * The newest matching rows, newest first.
     *
     * @param before only rows below this one
     * @param limit the most rows
     * @param most how long texts are read; {@link #end} tells how far it came
     */
    int[] newest(int before, int limit, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        Found found = new Found(limit);
        int batch = FIRST_BATCH;
        next = before;
        while (next > 0 && !found.full() && System.nanoTime() - end < 0) {
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
