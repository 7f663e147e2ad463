package cz.digidig.storage.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cz.digidig.storage.search.MailboxSource.MessageText;

/**
 * A message's text in memory: UTF-8 octets as ISO 8859-1 characters, one byte each, in which the JDK searches fastest. A
 * text is in another exactly where its octets are.
 *
 * @param headers as in {@link cz.digidig.storage.mime.SearchText#headers}
 * @param body as in {@link cz.digidig.storage.mime.SearchText#body}
 * @param sentOn days since 1970; {@link #NO_DATE}: none
 */
record SearchedText(String headers, String body, long sentOn) {
    static final long NO_DATE = Long.MIN_VALUE;
    static final SearchedText UNKNOWN = new SearchedText("\n", "", NO_DATE);
    private static final int OVERHEAD = 200;

    static SearchedText of(MessageText text) {
        return new SearchedText(
                octets(text.text().headers()),
                octets(text.text().body()),
                text.sentOn() == null ? NO_DATE : text.sentOn().toEpochDay());
    }

    static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** Octets of memory, roughly. */
    int weight() {
        return OVERHEAD + headers.length() + body.length();
    }

    /** Whether a field is there. */
    boolean hasHeader(String lineStart) {
        return headers.contains(lineStart);
    }

    /**
     * Whether a field's value has a text.
     *
     * @param lineStart a line feed, the name in lower case and a colon
     */
    boolean headerContains(String lineStart, String wanted) {
        int start = headers.indexOf(lineStart);
        while (start >= 0) {
            int from = start + lineStart.length();
            int end = headers.indexOf('\n', from);
            if (headers.indexOf(wanted, from, end) >= 0) {
                return true;
            }
            start = headers.indexOf(lineStart, end);
        }
        return false;
    }
}
