package cz.digidig.storage.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search key made ready for testing many messages. Answers in three values: without a message's text, a criterion may
 * not know yet.
 */
sealed interface Criterion {
    /** Costs by which keys are ordered, so that the dear ones are asked last. */
    int COLUMNS = 0;

    int DATE = 1;
    int HEADERS = 2;
    int BODY = 3;

    /** What a criterion says of a message. */
    enum Answer {
        YES,
        NO,
        /** Only the text tells. */
        UNKNOWN;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }

        Answer not() {
            return switch (this) {
                case YES -> NO;
                case NO -> YES;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    /**
     * Tests a row.
     *
     * @param text null: not at hand
     */
    Answer test(Rows rows, int row, @Nullable SearchedText text);

    int cost();

    /** A test of what the mailbox's columns tell. */
    @FunctionalInterface
    interface RowTest {
        boolean test(Rows rows, int row);
    }

    /** A test of the text. */
    @FunctionalInterface
    interface TextTest {
        boolean test(SearchedText text);
    }

    record OfRow(RowTest test) implements Criterion {
        @Override
        public Answer test(Rows rows, int row, @Nullable SearchedText text) {
            return Answer.of(test.test(rows, row));
        }

        @Override
        public int cost() {
            return COLUMNS;
        }
    }

    /** @param known what the index tells without the text; null: nothing */
    record OfText(TextTest test, int cost, @Nullable Known known) implements Criterion {
        @Override
        public Answer test(Rows rows, int row, @Nullable SearchedText text) {
            if (text != null) {
                return Answer.of(test.test(text));
            }
            return known == null ? Answer.UNKNOWN : known.answer(row);
        }
    }

    record Negation(Criterion of) implements Criterion {
        @Override
        public Answer test(Rows rows, int row, @Nullable SearchedText text) {
            return of.test(rows, row, text).not();
        }

        @Override
        public int cost() {
            return of.cost();
        }
    }

    /**
     * All or any of several, cheapest first.
     *
     * @param decisive the answer of one that decides: NO for all, YES for any
     */
    record Several(List<Criterion> of, Answer decisive) implements Criterion {
        @Override
        public Answer test(Rows rows, int row, @Nullable SearchedText text) {
            boolean unknown = false;
            for (Criterion criterion : of) {
                Answer answer = criterion.test(rows, row, text);
                if (answer == decisive) {
                    return decisive;
                }
                unknown |= answer == Answer.UNKNOWN;
            }
            return unknown ? Answer.UNKNOWN : decisive.not();
        }

        @Override
        public int cost() {
            return of.stream().mapToInt(Criterion::cost).max().orElse(COLUMNS);
        }
    }
}
