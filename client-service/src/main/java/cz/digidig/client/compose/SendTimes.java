package cz.digidig.client.compose;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** When a message may be sent later. */
final class SendTimes {
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private SendTimes() {}

    /** Times that are often meant, the next one first: as a form sends them, and what they are. */
    static SequencedMap<String, Instant> usual(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        LocalDate today = here.toLocalDate();
        SequencedMap<String, Instant> times = new TreeMap<>();
        if (here.toLocalTime().isBefore(EVENING.minusHours(1))) {
            put(times, today.atTime(EVENING), zone);
        }
        put(times, today.plusDays(1).atTime(MORNING), zone);
        put(times, today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(MORNING), zone);
        return times;
    }

    private static void put(SequencedMap<String, Instant> times, LocalDateTime time, ZoneId zone) {
        times.put(time.toString(), time.atZone(zone).toInstant());
    }

    /** What a field for date and time says ({@code 2026-11-27T08:00}), to the minute; empty: nothing that can be read. */
    static Optional<Instant> read(String typed, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(typed)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .atZone(zone)
                    .toInstant());
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
