package cz.digidig.storage.index;

import java.time.Duration;
import java.util.Optional;

/** Where searches ask the index. */
public interface IndexLookup {
    /** There is no index. */
    IndexLookup NONE = (_, _) -> Optional.empty();

    /**
     * An account's part as it is now; empty: there is no index at the moment. To be closed.
     *
     * @param most how long all questions together may take
     */
    Optional<IndexView> view(String account, Duration most);
}
