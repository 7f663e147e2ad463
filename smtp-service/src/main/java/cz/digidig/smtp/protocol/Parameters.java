package cz.digidig.smtp.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The {@code keyword=value} list after a path (RFC 5321 §4.1.2, Mail-parameters). */
record Parameters(List<Parameter> list) {
    private static final int MOST = 20;

    /** One of them: the keyword in upper case; the value empty where there was no {@code =}. */
    record Parameter(String keyword, String value, boolean hasValue) {
        String needed() {
            if (value.isEmpty()) {
                throw BadSyntax.argument("A value is missing: " + keyword);
            }
            return value;
        }
    }

    static Parameters read(String text) {
        List<Parameter> list = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            int equals = word.indexOf('=');
            String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (!isKeyword(keyword)) {
                throw BadSyntax.argument("Not a parameter");
            }
            if (list.stream().anyMatch(known -> known.keyword().equals(keyword))) {
                throw BadSyntax.argument("A parameter is given twice: " + keyword);
            }
            if (list.size() == MOST) {
                throw BadSyntax.argument("Too many parameters");
            }
            list.add(new Parameter(keyword, value, equals >= 0));
        }
        return new Parameters(list);
    }

    private static boolean isKeyword(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '-' && i > 0))) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
