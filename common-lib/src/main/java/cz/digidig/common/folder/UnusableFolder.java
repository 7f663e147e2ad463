package cz.digidig.common.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder in which the service can't work; says what is wrong and what to do. */
final class UnusableFolder extends RuntimeException {
    private final String remedy;

    private UnusableFolder(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    static UnusableFolder notWritable(Path folder, @Nullable String volume, IOException why) {
        String message = "%s is not writable for user %s".formatted(folder, user());
        return volume == null
                ? new UnusableFolder(message, "Give it to that user: chown -R %s %s".formatted(user(), folder), why)
                : new UnusableFolder(
                        message + ": the volume " + volume + " belongs to somebody else",
                        "docker run --rm -v %s:/data alpine chown -R %s:%s /data".formatted(volume, user(), user()),
                        why);
    }

    static UnusableFolder halfRestored(Path folder) {
        return new UnusableFolder(
                folder + " was being restored from a backup, and that was interrupted",
                "Restore the backup again; to go on with what is there, delete "
                        + folder.resolve(FolderCheck.RESTORE_INCOMPLETE),
                null);
    }

    static UnusableFolder notUpgraded(Path folder, int format, IOException why) {
        return new UnusableFolder(
                "the data in %s could not be brought to format %d: %s".formatted(folder, format, why.getMessage()),
                "Mend that and start again: the upgrade begins where it stopped",
                why);
    }

    static UnusableFolder badMark(Path file) {
        return new UnusableFolder(
                file + ", which tells the data's format, can't be read",
                "Restore the file from a backup; it holds one line, the format and a release, e.g. 1 0.1.0",
                null);
    }

    private static String user() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name");
        }
    }

    String remedy() {
        return remedy;
    }
}
