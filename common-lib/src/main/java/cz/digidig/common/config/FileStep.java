package cz.digidig.common.config;

import java.io.IOException;
import java.nio.file.Path;

/** What a save does to the file system, step by step: whichever is the last one before a crash, the files stay readable. */
enum FileStep {
    CREATE,
    WRITE,
    FORCE,
    RENAME,
    FORCE_FOLDER,
    DELETE;

    /** Told before each step, in tests: a crash there is an exception. */
    @FunctionalInterface
    interface Watch {
        Watch NOBODY = (_, _) -> {};

        void before(FileStep step, Path file) throws IOException;
    }
}
