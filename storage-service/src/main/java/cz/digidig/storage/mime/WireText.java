package cz.digidig.storage.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes IMAP values as octets in ISO 8859-1 characters (RFC 9051 §4.3 and §9). Quoted strings hold printable US-ASCII
 * alone, as IMAP4rev1 and rev2 both have it; what has other octets is a literal. NUL can't be in either: it is left out.
 */
final class WireText {
    private final StringBuilder text = new StringBuilder(512);
    private final int most;

    /**
     * Starts a text.
     *
     * @param most the length after which {@link #full} says to leave optional values out
     */
    WireText(int most) {
        this.most = most;
    }

    boolean full() {
        return text.length() > most;
    }

    WireText raw(String octets) {
        text.append(octets);
        return this;
    }

    WireText raw(char c) {
        text.append(c);
        return this;
    }

    WireText number(long value) {
        text.append(value);
        return this;
    }

    WireText nil() {
        text.append("NIL");
        return this;
    }

    /** A string; null, or a text that is already too long: NIL. */
    WireText nstring(@Nullable String value) {
        return value == null || full() ? nil() : string(value);
    }

    /** A string; empty: NIL. */
    WireText nonEmpty(@Nullable String value) {
        return nstring(value == null || value.isEmpty() ? null : value);
    }

    WireText string(String value) {
        boolean escape = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7F) {
                return literal(value);
            }
            escape |= c == '"' || c == '\\';
        }
        text.append('"');
        if (escape) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c);
            }
        } else {
            text.append(value);
        }
        text.append('"');
        return this;
    }

    private WireText literal(String value) {
        String octets = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        text.append('{').append(octets.length()).append("}\r\n").append(octets);
        return this;
    }

    /** {@code ("name" "value" ...)}, or NIL where there are none. */
    WireText parameters(List<Parameter> parameters) {
        if (parameters.isEmpty() || full()) {
            return nil();
        }
        char before = '(';
        for (Parameter parameter : parameters) {
            raw(before).string(parameter.name()).raw(' ').string(parameter.value());
            before = ' ';
        }
        return raw(')');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
