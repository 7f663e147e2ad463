package cz.digidig.identity.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list that is ordered by a key.
 *
 * @param after the last key of the page before; empty: from the start
 * @param limit how many items at most
 * @param search text that an item must hold, in lower case, as a pattern for {@code like}; {@code %}: all
 */
public record Cursor(String after, int limit, String search) {
    /** The most items in one page. */
    public static final int MOST = 200;

    private static final int USUAL = 50;
    private static final int LONGEST = 400;

    /** Reads the query parameters of a list. */
    public static Cursor of(@Nullable String search, @Nullable String cursor, @Nullable Integer limit) {
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw Refusals.field("limit", "must be between 1 and " + MOST);
        }
        if (search != null && search.length() > LONGEST) {
            throw Refusals.field("q", "must be at most " + LONGEST + " characters long");
        }
        if (!StorableText.isStorable(search)) {
            throw Refusals.field("q", "must not hold the character NUL");
        }
        return new Cursor(decode(cursor), most, pattern(search));
    }

    private static String decode(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (StorableText.isStorable(key)) {
                return key;
            }
        } catch (IllegalArgumentException _) {
            // Not one, so refused below.
        }
        throw Refusals.field("cursor", "not one that a list gave");
    }

    private static String pattern(@Nullable String search) {
        if (search == null || search.isBlank()) {
            return "%";
        }
        String plain = search.strip()
                .toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return "%" + plain + "%";
    }

    /** How many to ask the database for: one more than the page, to know whether another follows. */
    public int fetch() {
        return limit + 1;
    }

    /** Cuts what was fetched to the page, with the cursor of the next one. */
    public <E, V> Listing<V> page(List<E> fetched, Function<E, String> key, Function<E, V> view) {
        boolean more = fetched.size() > limit;
        List<E> shown = more ? fetched.subList(0, limit) : fetched;
        String next = more
                ? Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.apply(shown.getLast()).getBytes(StandardCharsets.UTF_8))
                : null;
        return new Listing<>(shown.stream().map(view).toList(), next);
    }
}
