package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decodes parameters: continuations and charsets (RFC 2231), and encoded words, which many send although they may not. */
final class ParameterText {
    private static final int MOST_SECTIONS = 100;

    private ParameterText() {}

    /** The text of a parameter; null: it is not there. */
    static @Nullable String decoded(List<Parameter> parameters, String name) {
        String extended = null;
        String plain = null;
        String[] sections = new String[0];
        boolean[] encoded = new boolean[0];
        for (Parameter parameter : parameters) {
            String given = parameter.name();
            if (given.equalsIgnoreCase(name)) {
                plain = plain == null ? parameter.value() : plain;
                continue;
            }
            if (given.length() <= name.length()
                    || given.charAt(name.length()) != '*'
                    || !given.regionMatches(true, 0, name, 0, name.length())) {
                continue;
            }
            String rest = given.substring(name.length() + 1);
            if (rest.isEmpty()) {
                extended = extended == null ? parameter.value() : extended;
                continue;
            }
            boolean star = rest.endsWith("*");
            int section = number(star ? rest.substring(0, rest.length() - 1) : rest);
            if (section >= 0 && section < MOST_SECTIONS) {
                if (sections.length == 0) {
                    sections = new String[MOST_SECTIONS];
                    encoded = new boolean[MOST_SECTIONS];
                }
                sections[section] = parameter.value();
                encoded[section] = star;
            }
        }
        if (extended != null) {
            return extended(extended);
        }
        if (sections.length > 0 && sections[0] != null) {
            return continued(sections, encoded);
        }
        return plain == null ? null : HeaderText.decode(plain);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static String extended(String value) {
        int first = value.indexOf('\'');
        int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
        String charset = second < 0 ? null : value.substring(0, first).toLowerCase(Locale.ROOT);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(value.length());
        percent(value, second + 1, octets);
        byte[] all = octets.toByteArray();
        return CharsetText.decode(all, 0, all.length, charset);
    }

    private static String continued(String[] sections, boolean[] encoded) {
        String charset = null;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean any = false;
        for (int i = 0; i < sections.length && sections[i] != null; i++) {
            String value = sections[i];
            int start = 0;
            if (i == 0 && encoded[0]) {
                int first = value.indexOf('\'');
                int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
                if (second >= 0) {
                    charset = value.substring(0, first);
                    start = second + 1;
                }
            }
            any |= encoded[i];
            if (encoded[i]) {
                percent(value, start, octets);
            } else {
                octets.writeBytes(value.getBytes(ISO_8859_1));
            }
        }
        byte[] all = octets.toByteArray();
        return any ? CharsetText.decode(all, 0, all.length, charset) : HeaderText.decode(new String(all, ISO_8859_1));
    }

    private static void percent(String value, int from, ByteArrayOutputStream octets) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' && i + 2 < value.length()) {
                int high = Character.digit(value.charAt(i + 1), 16);
                int low = Character.digit(value.charAt(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    octets.write(high << 4 | low);
                    i += 2;
                    continue;
                }
            }
            octets.write(c);
        }
    }
}
