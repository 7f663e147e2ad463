package cz.digidig.client.invitations;

import biweekly.ICalendar;
import biweekly.io.text.ICalReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a calendar that anybody may have written. */
final class CalendarText {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarText.class);
    private static final int DEEPEST = 5;
    private static final int MOST_COMPONENTS = 300;
    private static final int MOST_ZONE_RULES = 12;
    /** Once a year and nothing else: rules of a zone are followed to learn its offset. */
    private static final Pattern ZONE_RULE = Pattern.compile("RRULE:(?=.*FREQ=YEARLY)(?=.*BYMONTH=)"
            + "(?:(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\\d{1,2}|BYDAY=[+-]?\\d?[A-Z]{2}|BYMONTHDAY=-?\\d{1,2}(?:,-?\\d{1,2}){0,6}"
            + "|WKST=[A-Z]{2}|UNTIL=[0-9TZ]{8,16}|COUNT=\\d{1,4})(?:;|$))+");

    private static final Set<String> UNREAD = Set.of("ATTACH", "EXDATE", "X-ALT-DESC");

    private CalendarText() {}

    /** The first calendar; empty: there is none, or none that can be read. */
    static Optional<ICalendar> read(String text) {
        String bounded = bounded(text);
        if (bounded == null) {
            return Optional.empty();
        }
        try (ICalReader reader = new ICalReader(bounded)) {
            return Optional.ofNullable(reader.readNext());
        } catch (IOException | RuntimeException unreadable) {
            // The library promises nothing for what breaks the rules.
            LOG.debug("a calendar can't be read: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    /** What is read of it, unfolded; null: too much. */
    private static @Nullable String bounded(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int depth = 0;
        int components = 0;
        int zoneRules = 0;
        boolean zone = false;
        for (String line : text.replaceAll("\r?\n[ \t]", "").lines().toList()) {
            String upper = line.substring(0, Math.min(200, line.length())).toUpperCase(Locale.ROOT);
            if (upper.startsWith("BEGIN:")) {
                depth++;
                zone |= upper.strip().equals("BEGIN:VTIMEZONE");
                if (depth > DEEPEST || ++components > MOST_COMPONENTS) {
                    return null;
                }
            } else if (upper.startsWith("END:")) {
                depth--;
                zone &= !upper.strip().equals("END:VTIMEZONE");
            } else if (zone && upper.startsWith("RRULE")) {
                if (!ZONE_RULE.matcher(upper.strip()).matches() || ++zoneRules > MOST_ZONE_RULES) {
                    continue;
                }
            }
            if (!UNREAD.contains(upper.split("[:;]", 2)[0])) {
                kept.append(line).append("\r\n");
            }
        }
        return kept.toString();
    }
}
