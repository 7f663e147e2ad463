package cz.digidig.imap.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates as IMAP writes them (RFC 9051 §9 date, date-time). */
final class Dates {
    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    private Dates() {}

    /** {@code 1-Feb-1994}, with or without quotes. */
    static LocalDate date(CommandReader in) {
        boolean quoted = in.accept('"');
        int day = (int) in.number();
        in.expect('-');
        int month = month(in);
        in.expect('-');
        int year = (int) in.number();
        if (quoted) {
            in.expect('"');
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException none) {
            throw in.bad("No such date");
        }
    }

    /** {@code "17-Jul-1996 02:44:25 -0700"}. */
    static Instant dateTime(CommandReader in) {
        in.expect('"');
        in.acceptSpace();
        int day = (int) in.number();
        in.expect('-');
        int month = month(in);
        in.expect('-');
        int year = (int) in.number();
        in.space();
        int hour = (int) in.number();
        in.expect(':');
        int minute = (int) in.number();
        in.expect(':');
        int second = (int) in.number();
        in.space();
        int sign = in.accept('-') ? -1 : 1;
        if (sign == 1) {
            in.expect('+');
        }
        int zone = (int) in.number();
        in.expect('"');
        try {
            return LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59))
                    .toInstant(ZoneOffset.ofHoursMinutes(sign * (zone / 100), sign * (zone % 100)));
        } catch (DateTimeException none) {
            throw in.bad("No such time");
        }
    }

    private static int month(CommandReader in) {
        String name = in.word3().toUpperCase(Locale.ROOT);
        int index = MONTHS.indexOf(name);
        if (name.length() != 3 || index % 3 != 0) {
            throw in.bad("No such month");
        }
        return index / 3 + 1;
    }

    /** INTERNALDATE's form, quoted, in UTC: 28 octets from {@code at} on. */
    static void write(byte[] into, int at, long millis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
        into[at] = '"';
        int day = time.getDayOfMonth();
        into[at + 1] = (byte) (day < 10 ? ' ' : '0' + day / 10);
        into[at + 2] = (byte) ('0' + day % 10);
        into[at + 3] = '-';
        int month = 3 * (time.getMonthValue() - 1);
        into[at + 4] = (byte) MONTHS.charAt(month);
        into[at + 5] = (byte) (MONTHS.charAt(month + 1) | 0x20);
        into[at + 6] = (byte) (MONTHS.charAt(month + 2) | 0x20);
        into[at + 7] = '-';
        int year = Math.clamp(time.get(ChronoField.YEAR), 0, 9999);
        two(into, at + 8, year / 100);
        two(into, at + 10, year % 100);
        into[at + 12] = ' ';
        two(into, at + 13, time.getHour());
        into[at + 15] = ':';
        two(into, at + 16, time.getMinute());
        into[at + 18] = ':';
        two(into, at + 19, time.getSecond());
        into[at + 21] = ' ';
        into[at + 22] = '+';
        two(into, at + 23, 0);
        two(into, at + 25, 0);
        into[at + 27] = '"';
    }

    private static void two(byte[] into, int at, int value) {
        into[at] = (byte) ('0' + value / 10);
        into[at + 1] = (byte) ('0' + value % 10);
    }
}
