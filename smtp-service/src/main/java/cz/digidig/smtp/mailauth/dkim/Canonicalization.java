package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.HeaderField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a message is made comparable before it is hashed (RFC 6376 §3.4). */
public enum Canonicalization {
    /** As it is, apart from empty lines at the end of the body. */
    SIMPLE("simple"),
    /** White space and the case of field names don't count. */
    RELAXED("relaxed");

    private final String word;

    Canonicalization(String word) {
        this.word = word;
    }

    static Optional<Canonicalization> named(String word) {
        return switch (word) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /** As it stands in {@code c=}. */
    public String word() {
        return word;
    }

    /** A field in this form, its CRLF at the end included. */
    byte[] field(HeaderField field) {
        return switch (this) {
            case SIMPLE -> field.octets();
            case RELAXED -> relaxed(field);
        };
    }

    private static byte[] relaxed(HeaderField field) {
        byte[] octets = field.octets();
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 2);
        if (field.valueStart() > 0) {
            out.writeBytes(field.name().getBytes(StandardCharsets.ISO_8859_1));
            out.write(':');
        }
        boolean space = false;
        boolean begun = false;
        for (int i = field.valueStart(); i < octets.length; i++) {
            byte octet = octets[i];
            if (octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
                // Unfolded: the CRLF goes, the white space behind it is one of the run.
                i++;
            } else if (octet == ' ' || octet == '\t') {
                space = begun;
            } else {
                if (space) {
                    out.write(' ');
                    space = false;
                }
                out.write(octet);
                begun = true;
            }
        }
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }
}
