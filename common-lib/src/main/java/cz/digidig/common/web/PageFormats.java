package cz.digidig.common.web;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Numbers, sizes and times as people read them, in the language of the page. */
@Component("formats")
@ConditionalOnPages
public final class PageFormats {
    private static final double KILO = 1024;
    private static final double MEGA = KILO * 1024;
    private static final double GIGA = MEGA * 1024;
    private static final long DAY = 86_400;

    private final MessageSource messages;
    private final Clock clock = Clock.systemUTC();

    PageFormats(MessageSource messages) {
        this.messages = messages;
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }

    /** The page's time zone: see {@link PageZone}. */
    private static ZoneId zone() {
        return LocaleContextHolder.getTimeZone().toZoneId();
    }

    /** Grouped by the language's rules. */
    public String number(@Nullable Number value) {
        return value == null ? "–" : NumberFormat.getInstance(locale()).format(value);
    }

    /** Octets as kB, MB or GB with one digit. */
    public String size(@Nullable Number octets) {
        if (octets == null) {
            return "–";
        }
        NumberFormat digits = NumberFormat.getInstance(locale());
        digits.setMaximumFractionDigits(1);
        double value = octets.doubleValue();
        if (value < KILO) {
            return digits.format(value) + " B";
        }
        if (value < MEGA) {
            return digits.format(value / KILO) + " kB";
        }
        return value < GIGA ? digits.format(value / MEGA) + " MB" : digits.format(value / GIGA) + " GB";
    }

    /** How long ago (or how soon), within a day; the date otherwise. */
    public String when(@Nullable Instant time) {
        if (time == null) {
            return "–";
        }
        long seconds = Duration.between(time, clock.instant()).toSeconds();
        if (Math.abs(seconds) >= DAY) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                    .withLocale(locale())
                    .withZone(zone())
                    .format(time);
        }
        String span = span(Math.abs(seconds));
        return seconds < 0 ? text("layout.time.soon", span) : text("layout.time.ago", span);
    }

    /** For narrow places: minutes or hours within a day, day and month within a year, else the date. */
    public String brief(@Nullable Instant time) {
        if (time == null) {
            return "–";
        }
        Instant now = clock.instant();
        long seconds = Duration.between(time, now).toSeconds();
        ZonedDateTime then = time.atZone(zone());
        ZonedDateTime here = now.atZone(zone());
        if (seconds >= 0 && seconds < 3600) {
            return text("layout.time.ago", span(seconds));
        }
        if (seconds >= 0 && seconds < DAY) {
            return text("layout.time.ago", seconds / 3600 + " h");
        }
        if (then.getYear() == here.getYear()) {
            return DateTimeFormatter.ofPattern(locale().getLanguage().equals("cs") ? "d. MMM" : "d MMM", locale())
                    .format(then);
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT)
                .withLocale(locale())
                .format(then);
    }

    /** Seconds as the two largest of days, hours, minutes, seconds. */
    public String span(@Nullable Number seconds) {
        if (seconds == null) {
            return "–";
        }
        long all = Math.max(0, seconds.longValue());
        if (all >= DAY) {
            return all / DAY + " d " + all % DAY / 3600 + " h";
        }
        if (all >= 3600) {
            return all / 3600 + " h " + all % 3600 / 60 + " min";
        }
        return all >= 60 ? all / 60 + " min" : all + " s";
    }

    /** Date and time in full, for a title. */
    public String moment(@Nullable Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.LONG)
                        .withLocale(locale())
                        .withZone(zone())
                        .format(time);
    }

    /** For the {@code datetime} of a {@code <time>} element. */
    public String machine(@Nullable Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC).format(time);
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale());
    }
}
