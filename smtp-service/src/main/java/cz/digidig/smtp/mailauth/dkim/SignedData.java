package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The octets that a signature is over: the fields that it names, and itself without its value (RFC 6376 §3.7). */
final class SignedData {
    private SignedData() {}

    /**
     * Puts them together.
     *
     * @param names {@code h=}
     * @param signature the DKIM-Signature field with whatever {@code b=}
     */
    static byte[] of(MessageHeader header, List<String> names, HeaderField signature, Canonicalization form) {
        Map<String, Deque<HeaderField>> byName = new HashMap<>();
        // A name taken again means the instance above (§5.4.2).
        header.fields().forEach(field -> byName.computeIfAbsent(field.name(), _ -> new ArrayDeque<>())
                .push(field));
        ByteArrayOutputStream data = new ByteArrayOutputStream(4096);
        for (String name : names) {
            HeaderField field = byName.getOrDefault(name.toLowerCase(Locale.ROOT), new ArrayDeque<>())
                    .poll();
            // One that is not there stands for nothing, which is how its absence is signed (§5.4).
            if (field != null) {
                data.writeBytes(form.field(field));
            }
        }
        byte[] own = form.field(withoutValue(signature));
        boolean ended = own.length >= 2 && own[own.length - 2] == '\r' && own[own.length - 1] == '\n';
        data.write(own, 0, ended ? own.length - 2 : own.length);
        return data.toByteArray();
    }

    /** The field with the value of {@code b=} removed, and nothing else changed. */
    static HeaderField withoutValue(HeaderField signature) {
        String text = new String(signature.octets(), StandardCharsets.ISO_8859_1);
        int start = signature.valueStart();
        while (start < text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            int equals = text.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && text.substring(start, equals).strip().equals("b")) {
                String rest = semicolon < 0 ? "\r\n" : text.substring(end);
                return HeaderField.of((text.substring(0, equals + 1) + rest).getBytes(StandardCharsets.ISO_8859_1));
            }
            start = end + 1;
        }
        return signature;
    }
}
