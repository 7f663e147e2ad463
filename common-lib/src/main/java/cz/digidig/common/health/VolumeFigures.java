package cz.digidig.common.health;

import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** How much the service's data folder holds, and the disk behind it. Files are counted at most once a minute. */
@Component
class VolumeFigures implements StatsSource {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final Path folder;
    private final Clock clock;
    private volatile Counted counted = new Counted(0, Instant.MIN);

    @Autowired
    VolumeFigures(ServiceProperties service) {
        this(service.dataDir(), Clock.systemUTC());
    }

    VolumeFigures(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    private record Counted(long bytes, Instant at) {}

    /**
     * A volume.
     *
     * @param used octets of its files
     * @param free octets that may still be written to its disk
     * @param total octets of its disk
     */
    record Volume(long used, long free, long total) {}

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public Record stats() {
        Instant now = clock.instant();
        if (!counted.at().isAfter(now.minus(GOOD_FOR))) {
            counted = new Counted(size(), now);
        }
        try {
            FileStore disk = Files.getFileStore(folder);
            return new Volume(counted.bytes(), disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private long size() {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return sum.bytes;
    }

    /** Files come and go meanwhile: what can't be looked at is left out. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
