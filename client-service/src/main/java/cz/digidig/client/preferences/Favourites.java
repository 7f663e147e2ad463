package cz.digidig.client.preferences;

import java.util.ArrayList;
import java.util.List;

/**
 * The folders that stand above the others, in the person's order.
 *
 * @param folders their ids; what is gone meanwhile is left out where they are shown
 */
public record Favourites(List<String> folders) {
    /** As many as can still be seen at a glance. */
    public static final int MOST = 50;

    /** The place behind the last. */
    public static final int LAST = Integer.MAX_VALUE;

    public static final Favourites NONE = new Favourites(List.of());

    public Favourites {
        folders = List.copyOf(folders.subList(0, Math.min(MOST, folders.size())));
    }

    public boolean has(String folder) {
        return folders.contains(folder);
    }

    /** With a folder in a place, 0 the first, wherever it was before; a place that is too high is the last. */
    public Favourites with(String folder, int place) {
        List<String> others = new ArrayList<>(without(folder).folders());
        others.add(Math.clamp(place, 0, others.size()), folder);
        return new Favourites(others);
    }

    public Favourites without(String folder) {
        return new Favourites(
                folders.stream().filter(one -> !one.equals(folder)).toList());
    }
}
