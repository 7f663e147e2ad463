package cz.digidig.storage.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cz.digidig.storage.index.Region;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.search.MailboxSource.MessageText;
import java.util.ArrayList;
import java.util.List;

/**
 * A message's text in memory: UTF-8 octets as ISO 8859-1 characters, one byte each, in which the JDK searches fastest. A
 * text is in another exactly where its octets are.
 *
 * @param headers as in {@link cz.digidig.storage.mime.SearchText#headers}
 * @param body as in {@link cz.digidig.storage.mime.SearchText#body}
 * @param names the folded file names of attachments, each with a line feed
 * @param sentOn days since 1970; {@link #NO_DATE}: none
 */
record SearchedText(String headers, String body, String names, long sentOn) {
    static final long NO_DATE = Long.MIN_VALUE;
    static final SearchedText UNKNOWN = new SearchedText("\n", "", "", NO_DATE);
    private static final int OVERHEAD = 200;

    static SearchedText of(MessageText text) {
        return new SearchedText(
                octets(text.text().headers()),
                octets(text.text().body()),
                names(text.attachments()),
                text.sentOn() == null ? NO_DATE : text.sentOn().toEpochDay());
    }

    private static String names(List<String> attachments) {
        StringBuilder names = new StringBuilder();
        for (String name : attachments) {
            names.append(CaseFold.fold(name)).append('\n');
        }
        return octets(names.toString());
    }

    static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** The characters of a piece of such a text. */
    static String characters(String octets) {
        return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }

    /** Octets of memory, roughly. */
    int weight() {
        return OVERHEAD + headers.length() + body.length() + names.length();
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

    /** The values of a field. */
    List<String> values(String lineStart) {
        List<String> values = new ArrayList<>(1);
        int start = headers.indexOf(lineStart);
        while (start >= 0) {
            int from = start + lineStart.length();
            int end = headers.indexOf('\n', from);
            values.add(headers.substring(from, end));
            start = headers.indexOf(lineStart, end);
        }
        return values;
    }

    /** Whether one of the regions has a text. */
    boolean contains(List<Region> regions, String wanted) {
        for (Region region : regions) {
            boolean found =
                    switch (region) {
                        case FROM, TO, CC, BCC, SUBJECT -> headerContains("\n" + region.field() + ":", wanted);
                        case HEADERS -> headers.contains(wanted);
                        case BODY -> body.contains(wanted);
                        case NAMES -> names.contains(wanted);
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }
}
