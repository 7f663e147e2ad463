package cz.digidig.imap.protocol;

/**
 * The maxima of what a client may send; octets where nothing else is said.
 *
 * @param line one line of a command
 * @param literal one literal in a command, APPEND's message aside
 * @param command all lines and literals of one command together, APPEND's message aside
 * @param unsynchronised the longest literal that may be sent without waiting (RFC 7888 §4, §5)
 * @param skipped how much of a refused command may follow in non-synchronising literals before the connection is ended
 * @param nesting depth of parentheses, NOT and OR
 * @param ranges numbers and ranges in one sequence set
 */
public record ReaderLimits(
        int line, int literal, int command, long unsynchronised, long skipped, int nesting, int ranges) {
    /** Before log-in: names and passwords only, so everything is small. LITERAL- holds. */
    public static final ReaderLimits BEFORE_LOGIN = new ReaderLimits(8_192, 4_096, 16_384, 4_096, 65_536, 4, 100);

    /** After log-in: LITERAL+ holds. */
    public static ReaderLimits afterLogin(long largestMessage) {
        return new ReaderLimits(
                65_536, 65_536, 262_144, Long.MAX_VALUE, Math.max(1_048_576, 2 * largestMessage), 30, 16_384);
    }
}
