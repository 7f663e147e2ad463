package cz.digidig.client.message;

import java.util.Locale;
import java.util.Set;

/** How a browser may show a part by itself. */
enum Preview {
    PICTURE,
    PDF,
    /** As plain text, whatever it is. */
    TEXT,
    /** It is saved. */
    NONE;

    /** The most octets that are shown as text. */
    static final long MOST_TEXT = 4L << 20;

    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");
    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/yaml", "application/x-yaml");
    private static final Set<String> OPENED_OTHERWISE =
            Set.of("text/html", "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rtf");

    /**
     * By what a part says of itself.
     *
     * @param type without parameters, in lower case
     * @param name its file name, which tells where the type does not
     */
    static Preview of(String type, String name) {
        if (PICTURES.contains(type)) {
            return PICTURE;
        }
        boolean unknown = type.equals("application/octet-stream");
        String lower = name.toLowerCase(Locale.ROOT);
        if (type.equals("application/pdf") || (unknown && lower.endsWith(".pdf"))) {
            return PDF;
        }
        boolean text = (type.startsWith("text/") && !OPENED_OTHERWISE.contains(type)) || TEXTS.contains(type);
        return text || (unknown && lower.matches(".*\\.(txt|log|md|csv|tsv|json|ya?ml|ini|conf|diff|patch)"))
                ? TEXT
                : NONE;
    }
}
