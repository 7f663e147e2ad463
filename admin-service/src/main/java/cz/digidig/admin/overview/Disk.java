package cz.digidig.admin.overview;

import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How full the disk behind a folder is.
 *
 * @param name {@code data}, {@code logs} or {@code tests}
 * @param total its octets
 * @param free octets that may still be written
 */
public record Disk(String name, long total, long free) {
    /** How much of it is used. */
    public int percent() {
        return total == 0 ? 0 : (int) (100 * (total - free) / total);
    }

    /** The disks that this service sees; the logs' and the tests' are those of every service. */
    public static List<Disk> all(ServiceProperties service) {
        List<Disk> disks = new ArrayList<>();
        add(disks, "data", service.dataDir());
        add(disks, "logs", service.logsDir());
        add(disks, "tests", service.testsDir());
        return disks;
    }

    private static void add(List<Disk> disks, String name, Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            disks.add(new Disk(name, store.getTotalSpace(), store.getUsableSpace()));
        } catch (IOException _) {
            // A folder that is not there has no disk to speak of.
        }
    }
}
