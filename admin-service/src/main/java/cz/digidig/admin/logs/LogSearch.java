package cz.digidig.admin.logs;

import java.util.List;
import java.util.Locale;

/**
 * What is looked for.
 *
 * @param service the service's name; empty: all
 * @param level the least level; empty: all
 * @param text words that a line holds, whatever their case; empty: all
 * @param trace the trace id; empty: all
 */
record LogSearch(String service, String level, String text, String trace) {
    static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG");

    /** A first look at the line as it stands in the file; a line that passes is read. */
    boolean mayMatch(String line) {
        return (trace.isEmpty() || line.contains(trace))
                && (text.isEmpty() || line.toLowerCase(Locale.ROOT).contains(escaped()));
    }

    /** As the text stands within JSON. */
    private String escaped() {
        return text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    boolean matches(LogLine line) {
        return (level.isEmpty() || rank(line.level()) <= rank(level))
                && (trace.isEmpty() || line.trace().equals(trace));
    }

    private static int rank(String level) {
        int rank = LEVELS.indexOf(level);
        return rank < 0 ? LEVELS.size() : rank;
    }
}
