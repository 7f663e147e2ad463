package cz.digidig.admin.overview;

import java.util.Optional;

/**
 * The mail flow of one minute.
 *
 * @param minute since the epoch
 * @param accepted messages taken in
 * @param refused messages refused or put off
 * @param delivered destinations that got theirs, here or elsewhere
 * @param failed destinations elsewhere that failed for good
 * @param queued messages that wait
 * @param oldest seconds for which the oldest waits
 */
record Sample(long minute, long accepted, long refused, long delivered, long failed, long queued, long oldest) {
    private static final int FIELDS = 7;

    String line() {
        return minute + " " + accepted + " " + refused + " " + delivered + " " + failed + " " + queued + " " + oldest;
    }

    /** Reads a line; empty where it is damaged. */
    static Optional<Sample> parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != FIELDS) {
            return Optional.empty();
        }
        long[] values = new long[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            if (!parts[i].matches("\\d{1,15}")) {
                return Optional.empty();
            }
            values[i] = Long.parseLong(parts[i]);
        }
        return Optional.of(new Sample(values[0], values[1], values[2], values[3], values[4], values[5], values[6]));
    }

    /** Two spans as one: flows are summed, levels are the highest. */
    Sample with(Sample other) {
        return new Sample(
                minute,
                accepted + other.accepted,
                refused + other.refused,
                delivered + other.delivered,
                failed + other.failed,
                Math.max(queued, other.queued),
                Math.max(oldest, other.oldest));
    }
}
