package cz.digidig.client.preferences;

/**
 * A search that a person keeps. A longer name is cut off.
 *
 * @param name unlike those of the person's others, whatever the case
 * @param query as typed into the search
 */
public record SavedSearch(String name, String query) {
    public static final int LONGEST_NAME = 60;
    public static final int LONGEST_QUERY = 500;

    public SavedSearch {
        name = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        name = name.substring(0, Math.min(LONGEST_NAME, name.length())).strip();
        query = query.strip();
    }

    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other.strip());
    }
}
