package cz.digidig.common.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes small private files whole (0600): after a crash there is the former one or the new one. */
public final class DurableFile {
    private final FileStep.Watch watch;

    DurableFile(FileStep.Watch watch) {
        this.watch = watch;
    }

    /** Writes, watched by nobody. */
    public static DurableFile writing() {
        return new DurableFile(FileStep.Watch.NOBODY);
    }

    public void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a file, or replaces it: temporary file, its octets forced, then its name, then the folder forced. One writer of
     * a file at a time.
     *
     * @throws IOException it may be the former one or the new one
     */
    public void write(Path target, byte[] content) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        watch.before(FileStep.CREATE, temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            watch.before(FileStep.WRITE, temporary);
            ByteBuffer octets = ByteBuffer.wrap(content);
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            watch.before(FileStep.FORCE, temporary);
            channel.force(true);
        }
        watch.before(FileStep.RENAME, target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        watch.before(FileStep.FORCE_FOLDER, target);
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "the folder");
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void delete(Path file) throws IOException {
        watch.before(FileStep.DELETE, file);
        Files.deleteIfExists(file);
    }
}
