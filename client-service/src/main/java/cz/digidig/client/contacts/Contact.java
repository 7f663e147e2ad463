package cz.digidig.client.contacts;

import cz.digidig.client.backend.Correspondent;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Someone whom a person knows. Whatever is longer than it may be is cut off.
 *
 * @param id opaque
 * @param name may be empty where there is an address
 * @param addresses the first one is usual
 * @param groups names of those that it is in
 */
public record Contact(
        String id,
        String name,
        List<String> addresses,
        String phone,
        String organisation,
        String note,
        List<String> groups) {
    static final int MOST_ADDRESSES = 10;
    static final int MOST_GROUPS = 20;
    static final int LONGEST = 320;
    static final int LONGEST_NOTE = 2000;
    static final Contact EMPTY = new Contact("", "", List.of(), "", "", "", List.of());

    public Contact {
        name = cut(name, LONGEST);
        addresses = some(addresses, MOST_ADDRESSES);
        phone = cut(phone, LONGEST);
        organisation = cut(organisation, LONGEST);
        note = cut(note, LONGEST_NOTE);
        groups = some(groups, MOST_GROUPS);
    }

    private static String cut(String text, int most) {
        String stripped = text.replaceAll("[\\p{Cntrl}&&[^\\n]]", "").strip();
        return stripped.substring(0, Math.min(most, stripped.length()));
    }

    private static List<String> some(List<String> texts, int most) {
        return texts.stream()
                .map(text -> cut(text.replace('\n', ' '), LONGEST))
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(most)
                .toList();
    }

    /** With an id of its own. */
    Contact named() {
        return as(UUID.randomUUID().toString());
    }

    Contact as(String other) {
        return new Contact(other, name, addresses, phone, organisation, note, groups);
    }

    boolean isEmpty() {
        return name.isEmpty() && addresses.isEmpty();
    }

    public String shown() {
        return name.isEmpty() ? addresses.isEmpty() ? "" : addresses.getFirst() : name;
    }

    /** Whether each word begins a word of the name, or stands in an address, the organisation or a group. */
    boolean matches(String query) {
        String text = " "
                + String.join(
                        " ",
                        Stream.concat(Stream.of(name, organisation), groups.stream())
                                .toList());
        String lower = text.toLowerCase(Locale.ROOT);
        return Stream.of(query.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(word -> lower.contains(" " + word)
                        || addresses.stream()
                                .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(word)));
    }

    Stream<Correspondent> correspondents() {
        return addresses.stream().map(address -> new Correspondent(name, address));
    }
}
