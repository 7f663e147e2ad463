package cz.digidig.client.invitations;

import biweekly.component.VEvent;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateEnd;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.DateStart;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.ICalDate;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When events are, in words.
 *
 * @param zone that of the reader
 */
record EventTimes(TimezoneInfo zones, ZoneId zone, Locale language) {
    private static final String TO = " – ";

    /** From when to when; empty: it does not say. */
    String of(VEvent event) {
        DateStart start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            return "";
        }
        try {
            return start.getValue().hasTime() ? timed(event, start) : days(event, start.getValue());
        } catch (DateTimeException | ArithmeticException impossible) {
            return "";
        }
    }

    private String days(VEvent event, ICalDate start) {
        LocalDate first = day(start);
        DateEnd end = event.getDateEnd();
        Duration duration =
                event.getDuration() == null ? null : event.getDuration().getValue();
        LocalDate behind = first.plusDays(1);
        if (end != null && end.getValue() != null) {
            behind = day(end.getValue());
        } else if (duration != null) {
            behind = first.plusDays(Math.max(1, duration.toMillis() / 86_400_000));
        }
        LocalDate last = behind.minusDays(1);
        return last.isAfter(first) ? date(first) + TO + date(last) : date(first);
    }

    private String timed(VEvent event, DateStart from) {
        boolean floating = floating(from);
        LocalDateTime start = local(from, floating);
        LocalDateTime end = end(event, start, floating);
        String zoneName = floating ? orEmpty(from.getParameters().getTimezoneId()) : zoneName(start);
        String until = "";
        if (end.isAfter(start)) {
            until = TO
                    + (end.toLocalDate().equals(start.toLocalDate()) ? "" : date(end.toLocalDate()) + ", ")
                    + time(end);
        }
        return date(start.toLocalDate()) + ", " + time(start) + until + (zoneName.isBlank() ? "" : " " + zoneName);
    }

    private LocalDateTime end(VEvent event, LocalDateTime start, boolean floating) {
        DateEnd end = event.getDateEnd();
        Duration duration =
                event.getDuration() == null ? null : event.getDuration().getValue();
        if (end != null && end.getValue() != null && end.getValue().hasTime()) {
            return local(end, floating);
        }
        return duration == null ? start : start.plus(duration.toMillis(), ChronoUnit.MILLIS);
    }

    /** Of no zone, or of one that nobody knows. */
    private boolean floating(DateOrDateTimeProperty date) {
        return zones.isFloating(date) || date.getParameters().getTimezoneId() != null;
    }

    private LocalDateTime local(DateOrDateTimeProperty property, boolean floating) {
        ICalDate date = property.getValue();
        DateTimeComponents raw = date.getRawComponents();
        return floating
                ? LocalDateTime.of(
                        raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(), raw.getMinute(), second(raw))
                : LocalDateTime.ofInstant(date.toInstant(), zone);
    }

    private static int second(DateTimeComponents raw) {
        return Math.min(59, raw.getSecond());
    }

    private static LocalDate day(ICalDate date) {
        DateTimeComponents raw = date.getRawComponents();
        return LocalDate.of(raw.getYear(), raw.getMonth(), raw.getDate());
    }

    /** A day in full. */
    String date(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(language)
                .format(day);
    }

    /** The day of a time; of one without a time the day itself. */
    String date(ICalDate date) {
        return date(date.hasTime() ? date.toInstant().atZone(zone).toLocalDate() : day(date));
    }

    private String time(LocalDateTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(language)
                .format(time);
    }

    private String zoneName(LocalDateTime at) {
        return DateTimeFormatter.ofPattern("zzz", language).format(ZonedDateTime.of(at, zone));
    }

    /** The name of a day of the week. */
    String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, language);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
