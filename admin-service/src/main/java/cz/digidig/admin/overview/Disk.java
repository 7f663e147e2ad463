package cz.digidig.admin.overview;

import cz.digidig.admin.backend.Service;
import org.jspecify.annotations.Nullable;

/**
 * A volume, and how full the disk behind it is.
 *
 * @param kind {@code data}, {@code database}, {@code logs} or {@code tests}
 * @param service whose it is; null: everybody's
 * @param used octets that it holds; negative: not known
 * @param total octets of its disk; 0: not known
 * @param free octets that may still be written
 */
public record Disk(String kind, @Nullable Service service, long used, long total, long free) {
    /** How much of the disk is used. */
    public int percent() {
        return total == 0 ? 0 : (int) (100 * (total - free) / total);
    }
}
