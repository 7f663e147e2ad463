package cz.digidig.common.folder;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Brings a service's data folder from one format to the next, at the start of the first release that has the new one. A
 * service names its upgrades in {@code META-INF/spring.factories}; the highest format among them is the one it knows.
 */
public interface DataUpgrade {
    /** The format afterwards: 2 for the first upgrade, and so on without a gap. */
    int format();

    /**
     * Upgrades. What was interrupted is done again from its beginning, so a repeat must be harmless.
     *
     * @param dataFolder of the format before this one
     */
    void upgrade(Path dataFolder) throws IOException;
}
