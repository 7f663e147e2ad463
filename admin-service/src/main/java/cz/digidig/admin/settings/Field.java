package cz.digidig.admin.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision of a form.
 *
 * @param kind how it is asked
 * @param path its place in the configuration, e.g. {@code listeners[0].port}; the input's name
 * @param title what it is called
 * @param help what it means
 * @param value what is in the input
 * @param standard its default as text; null: it has none
 * @param bounds what the input takes
 * @param options of a choice
 * @param parts of a group: its fields; of a list: its items, each a group
 * @param pattern of a list: an item to be added
 * @param error why the value was refused; null: it was not
 */
record Field(
        Kind kind,
        String path,
        String title,
        String help,
        String value,
        @Nullable String standard,
        Bounds bounds,
        List<Option> options,
        List<Field> parts,
        @Nullable Field pattern,
        @Nullable String error) {
    /** How a value is asked for. */
    enum Kind {
        TEXT,
        SECRET,
        NUMBER,
        SWITCH,
        CHOICE,
        LINES,
        ITEMS,
        GROUP
    }

    /** One value of a choice. */
    record Option(String value, String title) {}

    /** What an input takes; what is null is not bounded. */
    record Bounds(
            @Nullable Number least,
            @Nullable Number most,
            @Nullable Integer length,
            String unit,
            String example) {
        static final Bounds NONE = new Bounds(null, null, null, "", "");
    }

    /** For templates. */
    public boolean is(String name) {
        return kind.name().equals(name);
    }

    /** An id for labels and links. */
    public String id() {
        return "f-" + path;
    }

    /** The fields of this part of the form, nested groups unfolded, for counting errors. */
    public boolean hasError() {
        return error != null || parts.stream().anyMatch(Field::hasError);
    }

    /** The default on one line. */
    public String standardLine() {
        return standard == null ? "" : standard.replace("\n", ", ");
    }

    /** The default as a number of octets; null: it is none. */
    public @Nullable Long standardOctets() {
        return bounds.unit().equals("octets") && standard != null && standard.matches("\\d{1,18}")
                ? Long.valueOf(standard)
                : null;
    }

    Field {
        options = List.copyOf(options);
        parts = List.copyOf(parts);
    }
}
