package cz.digidig.smtp.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is free on the spool's disk, asked at most once a second. */
final class FreeSpace {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
    private static final long BETWEEN_LOOKS = 1_000_000_000L;

    private final FileStore disk;
    private volatile long octets;
    private volatile long lookedAt = System.nanoTime() - 2 * BETWEEN_LOOKS;

    FreeSpace(Path folder) throws IOException {
        this.disk = Files.getFileStore(folder);
    }

    long octets() {
        long now = System.nanoTime();
        if (now - lookedAt > BETWEEN_LOOKS) {
            try {
                octets = disk.getUsableSpace();
            } catch (IOException failed) {
                LOG.atWarn().setCause(failed).log("the free space of the spool's disk is unknown");
                octets = 0;
            }
            lookedAt = now;
        }
        return octets;
    }
}
