package cz.digidig.client.compose;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Links to addresses (RFC 6068). What they may set is what a person sees: recipients, subject, text. */
final class Mailto {
    private Mailto() {}

    static Draft read(String link) {
        String rest = link.replaceFirst("(?i)^mailto:", "");
        int question = rest.indexOf('?');
        Map<String, String> fields = new HashMap<>();
        if (question >= 0) {
            for (String pair : rest.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), decoded(pair.substring(equals + 1)));
                }
            }
        }
        String to = decoded(question < 0 ? rest : rest.substring(0, question));
        return new Draft(
                "",
                "",
                "",
                to.isEmpty() ? fields.getOrDefault("to", "") : to,
                fields.getOrDefault("cc", ""),
                fields.getOrDefault("bcc", ""),
                fields.getOrDefault("subject", ""),
                fields.getOrDefault("body", "").replace("\r\n", "\n"),
                "",
                "",
                "",
                "",
                List.of());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
