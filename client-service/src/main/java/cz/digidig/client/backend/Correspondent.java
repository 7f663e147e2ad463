package cz.digidig.client.backend;

/**
 * Someone who sends or gets a message.
 *
 * @param name empty where none is given
 */
public record Correspondent(String name, String address) {
    /** The name, or the address where there is none. */
    public String shown() {
        return name.isBlank() ? address : name;
    }

    /** As written in a header or a field of recipients, not encoded. */
    public String written() {
        if (name.isBlank()) {
            return address;
        }
        String quoted = name.matches("[\\p{L}\\p{N} '_-]+")
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return quoted + " <" + address + ">";
    }
}
