package cz.digidig.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that holds the whole project. */
final class Checkout {
    private Checkout() {}

    /** A file or folder of it, by its path from there. */
    static Path path(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("observability")) && Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new IllegalStateException("no " + name + " above " + Path.of("").toAbsolutePath());
    }
}
