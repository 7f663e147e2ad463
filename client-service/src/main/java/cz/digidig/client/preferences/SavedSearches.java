package cz.digidig.client.preferences;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The searches that a person keeps, in the order in which they were saved. */
public record SavedSearches(List<SavedSearch> all) {
    /** As many as fit under the folders and can still be overlooked. */
    public static final int MOST = 50;

    public static final SavedSearches NONE = new SavedSearches(List.of());

    public SavedSearches {
        all = List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }

    public Optional<SavedSearch> called(String name) {
        return all.stream().filter(one -> one.isCalled(name)).findFirst();
    }

    /** Whether this very search is kept, under whatever name. */
    public boolean has(String query) {
        return all.stream().anyMatch(one -> one.query().equals(query.strip()));
    }

    public boolean isFull() {
        return all.size() >= MOST;
    }

    /** With one in place of the one of its name, or at the end; where there is no room for it, without it. */
    public SavedSearches with(SavedSearch search) {
        return called(search.name()).isPresent()
                ? replaced(search.name(), search)
                : new SavedSearches(
                        Stream.concat(all.stream(), Stream.of(search)).toList());
    }

    /** With another name for one; as before where it is gone, or the name is another's. */
    public SavedSearches renamed(String from, String to) {
        boolean taken = called(to).filter(other -> !other.isCalled(from)).isPresent();
        return taken
                ? this
                : called(from)
                        .map(one -> replaced(from, new SavedSearch(to, one.query())))
                        .orElse(this);
    }

    private SavedSearches replaced(String name, SavedSearch search) {
        return new SavedSearches(
                all.stream().map(one -> one.isCalled(name) ? search : one).toList());
    }

    public SavedSearches without(String name) {
        return new SavedSearches(all.stream().filter(one -> !one.isCalled(name)).toList());
    }
}
