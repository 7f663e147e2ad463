package cz.digidig.smtp.spool;

import java.util.Optional;

/**
 * A message's name in the queue: short, ordered by time of arrival, never used twice by one spool.
 *
 * @param number milliseconds of the epoch times 16, plus a count within the millisecond
 */
public record QueueId(long number) implements Comparable<QueueId> {
    /** No I, L, O, U: people read these ids aloud. */
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int PER_MILLISECOND = 16;

    /** The id after {@code last} at a time. */
    static long next(long last, long now) {
        return Math.max(last + 1, now * PER_MILLISECOND);
    }

    /** The id that is written so; empty where none is. */
    public static Optional<QueueId> parse(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0 || i > 11) {
                return Optional.empty();
            }
            number = number << 5 | digit;
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(new QueueId(number));
    }

    @Override
    public int compareTo(QueueId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(10);
        for (long rest = number; rest != 0; rest >>>= 5) {
            text.append(DIGITS.charAt((int) (rest & 31)));
        }
        return text.reverse().toString();
    }
}
