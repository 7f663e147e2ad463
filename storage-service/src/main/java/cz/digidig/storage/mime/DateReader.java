package cz.digidig.storage.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Date fields (RFC 5322 §3.3 and §4.3) and the forms that broken software writes. */
final class DateReader {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int MOST_LENGTH = 200;

    /**
     * A date as it was written.
     *
     * @param instant the moment
     * @param day the day in the writer's zone
     */
    record SentDate(Instant instant, LocalDate day) {}

    private int day = -1;
    private int month = -1;
    private int year = -1;
    private @Nullable LocalTime time;
    private ZoneOffset zone = ZoneOffset.UTC;

    private DateReader() {}

    static @Nullable SentDate read(@Nullable String field) {
        return field == null || field.length() > MOST_LENGTH ? null : new DateReader().parse(field);
    }

    private @Nullable SentDate parse(String field) {
        int at = 0;
        int length = field.length();
        while (at < length) {
            char c = field.charAt(at);
            if (c == '(') {
                int depth = 0;
                do {
                    depth += field.charAt(at) == '(' ? 1 : field.charAt(at) == ')' ? -1 : 0;
                    at++;
                } while (at < length && depth > 0);
            } else if (isToken(c)) {
                int start = at;
                while (at < length && isToken(field.charAt(at))) {
                    at++;
                }
                token(field.substring(start, at));
            } else {
                at++;
            }
        }
        try {
            if (day < 0 || month < 0 || year < 0) {
                return null;
            }
            LocalDate date = LocalDate.of(year, month, day);
            LocalTime clock = time == null ? LocalTime.MIDNIGHT : time;
            return new SentDate(date.atTime(clock).toInstant(zone), date);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean isToken(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == ':'
                || c == '+'
                || c == '-'
                || c == '.';
    }

    private void token(String token) {
        char first = token.charAt(0);
        if (token.indexOf(':') > 0) {
            clock(token);
        } else if ((first == '+' || first == '-') && time != null) {
            offset(token);
        } else if (first >= '0' && first <= '9') {
            if (token.indexOf('-') > 0) {
                dashed(token);
            } else {
                number(token);
            }
        } else {
            word(token.toLowerCase(Locale.ROOT));
        }
    }

    private void number(String token) {
        int value = digits(token);
        if (value < 0) {
            return;
        }
        if (day < 0 && value >= 1 && value <= 31 && token.length() <= 2) {
            day = value;
        } else if (year < 0) {
            // Two and three digits: RFC 5322 §4.3.
            if (token.length() == 2) {
                year = value < 50 ? 2000 + value : 1900 + value;
            } else if (token.length() == 3) {
                year = 1900 + value;
            } else if (value <= 9999) {
                year = value;
            }
        }
    }

    /** {@code 1-Jul-2003} or {@code 2003-07-01}. */
    private void dashed(String token) {
        int one = token.indexOf('-');
        int two = token.indexOf('-', one + 1);
        if (two < 0) {
            return;
        }
        String middle = token.substring(one + 1, two);
        int ordinal = digits(middle);
        if (one == 4 && ordinal >= 0) {
            number(token.substring(0, one));
            month = ordinal;
            int end = two + 1;
            while (end < token.length() && Character.isDigit(token.charAt(end))) {
                end++;
            }
            day = digits(token.substring(two + 1, end));
        } else {
            number(token.substring(0, one));
            word(middle.toLowerCase(Locale.ROOT));
            number(token.substring(two + 1));
        }
    }

    private void word(String word) {
        if (month < 0 && word.length() >= 3) {
            int index = MONTHS.indexOf(word.substring(0, 3));
            if (index >= 0 && index % 3 == 0) {
                month = index / 3 + 1;
                return;
            }
        }
        if (time == null) {
            return;
        }
        if (word.equals("pm") && time.getHour() < 12) {
            time = time.plusHours(12);
            return;
        }
        int hours =
                switch (word) {
                    case "edt" -> -4;
                    case "est", "cdt" -> -5;
                    case "cst", "mdt" -> -6;
                    case "mst", "pdt" -> -7;
                    case "pst" -> -8;
                    case "cet", "met", "bst" -> 1;
                    case "cest", "mest", "eet" -> 2;
                    default -> 0;
                };
        if (hours != 0) {
            zone = ZoneOffset.ofHours(hours);
        } else if (word.startsWith("gmt+") || word.startsWith("gmt-") || word.startsWith("utc+")) {
            offset(word.substring(3));
        }
    }

    private void clock(String token) {
        int t = token.indexOf('T');
        if (t > 0 && token.indexOf('-') > 0) {
            dashed(token.substring(0, t));
            clock(token.substring(t + 1));
            return;
        }
        int end = 0;
        int[] parts = new int[3];
        int count = 0;
        while (count < 3 && end < token.length()) {
            int start = end;
            while (end < token.length() && Character.digit(token.charAt(end), 10) >= 0) {
                end++;
            }
            parts[count++] = Math.max(0, digits(token.substring(start, end)));
            if (end >= token.length() || token.charAt(end) != ':') {
                break;
            }
            end++;
        }
        if (parts[0] < 24 && parts[1] < 60 && parts[2] <= 60 && time == null) {
            // A leap second is shown as the one before it.
            time = LocalTime.of(parts[0], parts[1], Math.min(59, parts[2]));
            int sign = Math.max(token.indexOf('+', end), token.indexOf('-', end));
            if (sign >= 0) {
                offset(token.substring(sign));
            }
        }
    }

    private void offset(String token) {
        String plain = token.substring(1).replace(":", "");
        int value = digits(plain);
        if (value < 0) {
            return;
        }
        int minutes = plain.length() <= 2 ? 60 * value : 60 * (value / 100) + value % 100;
        if (minutes <= 18 * 60) {
            zone = ZoneOffset.ofTotalSeconds(60 * (token.charAt(0) == '-' ? -minutes : minutes));
        }
    }

    private static int digits(String text) {
        if (text.isEmpty() || text.length() > 6) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + (c - '0');
        }
        return value;
    }
}
