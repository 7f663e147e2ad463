package cz.digidig.storage.mime;

import java.util.ArrayList;
import java.util.List;

/** A strict reader of IMAP values (RFC 9051 §9): lists, strings, literals, numbers and NIL; anything else fails. */
final class WireReader {
    /** What a reader gives. */
    sealed interface Value {
        record Nil() implements Value {}

        record Text(String octets) implements Value {}

        record Numeral(long value) implements Value {}

        record Items(List<Value> values) implements Value {
            Value get(int index) {
                return values.get(index);
            }

            int size() {
                return values.size();
            }
        }
    }

    private final String wire;
    private int at;

    private WireReader(String wire) {
        this.wire = wire;
    }

    static Value.Items list(String wire) {
        WireReader reader = new WireReader(wire);
        Value value = reader.value();
        if (reader.at != wire.length()) {
            throw new AssertionError("something behind the value at " + reader.at + ": " + wire);
        }
        return (Value.Items) value;
    }

    private Value value() {
        char c = wire.charAt(at);
        if (c == '(') {
            return items();
        }
        if (c == '"') {
            return quoted();
        }
        if (c == '{') {
            return literal();
        }
        if (wire.startsWith("NIL", at)) {
            at += 3;
            return new Value.Nil();
        }
        int start = at;
        while (at < wire.length() && Character.digit(wire.charAt(at), 10) >= 0 && wire.charAt(at) < 128) {
            at++;
        }
        if (start == at) {
            throw new AssertionError("no value at " + at + ": " + wire);
        }
        return new Value.Numeral(Long.parseLong(wire.substring(start, at)));
    }

    /** Items have one space between them, except lists: those may stand without (addresses, parts). */
    private Value items() {
        List<Value> values = new ArrayList<>();
        at++;
        while (wire.charAt(at) != ')') {
            if (wire.charAt(at) == ' ') {
                if (values.isEmpty()) {
                    throw new AssertionError("a space first at " + at + ": " + wire);
                }
                at++;
            } else if (!values.isEmpty() && (wire.charAt(at) != '(' || !(values.getLast() instanceof Value.Items))) {
                throw new AssertionError("no space at " + at + ": " + wire);
            }
            values.add(value());
        }
        at++;
        if (values.isEmpty()) {
            throw new AssertionError("an empty list before " + at + ": " + wire);
        }
        return new Value.Items(values);
    }

    private Value quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (wire.charAt(at) != '"') {
            char c = wire.charAt(at++);
            if (c == '\\') {
                c = wire.charAt(at++);
                if (c != '"' && c != '\\') {
                    throw new AssertionError("bad escape at " + at + ": " + wire);
                }
            }
            if (c == '\r' || c == '\n' || c == 0 || c > 126) {
                throw new AssertionError("not in a quoted string: " + (int) c);
            }
            text.append(c);
        }
        at++;
        return new Value.Text(text.toString());
    }

    private Value literal() {
        int end = wire.indexOf("}\r\n", at);
        int length = Integer.parseInt(wire.substring(at + 1, end));
        String text = wire.substring(end + 3, end + 3 + length);
        at = end + 3 + length;
        if (text.indexOf('\0') >= 0) {
            throw new AssertionError("NUL in a literal");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) {
                throw new AssertionError("not an octet");
            }
        }
        return new Value.Text(text);
    }
}
