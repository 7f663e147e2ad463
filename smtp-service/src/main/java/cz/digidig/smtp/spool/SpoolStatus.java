package cz.digidig.smtp.spool;

import java.time.Instant;

/**
 * The spool in figures.
 *
 * @param messages how many wait
 * @param outbound how many destinations elsewhere wait
 * @param oldest when the oldest message was accepted; now, where there is none
 * @param forces how often the journal was forced to disk since the start
 * @param forcedRecords how many records those forces carried
 * @param forcedNanos how long they took together, in nanoseconds
 * @param accepting whether there is room for more
 * @param reading whether what an earlier run left is still being read, and not counted yet
 */
public record SpoolStatus(
        int messages,
        long outbound,
        Instant oldest,
        long forces,
        long forcedRecords,
        long forcedNanos,
        boolean accepting,
        boolean reading) {}
