package cz.digidig.client.message;

import java.util.Set;

/** Which parts a browser may show by itself; everything else is saved. */
final class Parts {
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");

    private Parts() {}

    static boolean isPicture(String type) {
        return PICTURES.contains(type);
    }
}
