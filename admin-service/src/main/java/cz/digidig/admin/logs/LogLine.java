package cz.digidig.admin.logs;

import java.time.Instant;
import java.util.Map;

/**
 * One event.
 *
 * @param at when
 * @param service whose
 * @param level {@code ERROR}, {@code WARN}, ...
 * @param message what it says
 * @param trace what it belongs to; empty: nothing
 * @param more its other fields, by name
 * @param failure the stack trace; empty: none
 */
record LogLine(
        Instant at,
        String service,
        String level,
        String message,
        String trace,
        Map<String, String> more,
        String failure) {
    LogLine {
        more = Map.copyOf(more);
    }
}
