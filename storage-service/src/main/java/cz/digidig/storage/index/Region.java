package cz.digidig.storage.index;

import java.util.List;

/** A part of a message's text. */
public enum Region {
    /** The values of From. */
    FROM("from"),
    TO("to"),
    CC("cc"),
    BCC("bcc"),
    SUBJECT("subject"),
    /** All header fields with their names, as {@link cz.digidig.storage.mime.SearchText#headers}; it has no words. */
    HEADERS("headers"),
    /** As {@link cz.digidig.storage.mime.SearchText#body}. */
    BODY("body"),
    /** The file names of attachments. */
    NAMES("names");

    /** The regions that are the values of one header field. */
    public static final List<Region> FIELDS = List.of(FROM, TO, CC, BCC, SUBJECT);

    private final String field;

    Region(String field) {
        this.field = field;
    }

    /** In lower case; of {@link #FIELDS} the header field's name. */
    public String field() {
        return field;
    }

    /** The index's field of its words. */
    String words() {
        return "w." + field;
    }

    /** The index's field of its trigrams. */
    String trigrams() {
        return "g." + field;
    }
}
