package cz.digidig.smtp.spool;

import java.nio.file.Path;

/**
 * Sizes of the spool, in octets.
 *
 * @param folder where it lives
 * @param segment the journal goes on in a new file beyond this
 * @param inline a larger message gets a file of its own
 * @param memory what all messages being received may hold on the heap together; beyond, they go to files early
 * @param freeSpace what must stay free on the disk: below, nothing is accepted
 * @param waiting what all that waits may hold on the heap together, its octets are not among it: beyond, nothing is
 *     accepted
 */
public record SpoolSettings(Path folder, long segment, int inline, long memory, long freeSpace, long waiting) {
    private static final int KB = 1024;

    /** What has proved right. */
    public static SpoolSettings in(Path folder) {
        return new SpoolSettings(folder, 16L * KB * KB, 256 * KB, 48L * KB * KB, 128L * KB * KB, mostWaiting());
    }

    /** Half of the heap. */
    private static long mostWaiting() {
        return Runtime.getRuntime().maxMemory() / 2;
    }
}
