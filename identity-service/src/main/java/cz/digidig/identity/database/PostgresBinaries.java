package cz.digidig.identity.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs, unpacked once into the data folder.
 *
 * @param folder what holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
    /** The release that is packed with this service; a new one is unpacked beside the old. */
    private static final String RELEASE = "17.6";

    static PostgresBinaries unpack(Path parent) throws IOException {
        Path folder = parent.resolve(RELEASE);
        if (Files.isExecutable(folder.resolve("bin/postgres"))) {
            return new PostgresBinaries(folder);
        }
        Files.createDirectories(parent);
        Path unfinished = parent.resolve(RELEASE + ".new");
        FileSystemUtils.deleteRecursively(unfinished);
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("linux", architecture());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            unpack(tar, unfinished);
        }
        FileSystemUtils.deleteRecursively(folder);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        return new PostgresBinaries(folder);
    }

    private static String architecture() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return machine.equals("aarch64") ? "arm_64" : "x86_64";
    }

    private static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path file = folder.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("an entry leads out of the folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
                continue;
            }
            Files.createDirectories(file.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(file, folder.resolve(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.copy(tar, file);
                boolean runs = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
