package cz.digidig.storage.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the index open, and replaces one that can't be used by an empty one. The indexer's thread opens and closes. */
final class IndexKeeper implements IndexLookup {
    private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);

    private final Path folder;
    private final int bufferMegabytes;
    private volatile @Nullable SearchIndex current;
    private volatile @Nullable String damage;
    private volatile String trouble = "not open yet";

    IndexKeeper(Path folder, int bufferMegabytes) {
        this.folder = folder;
        this.bufferMegabytes = bufferMegabytes;
    }

    /**
     * The open index; opens it where it is not.
     *
     * @throws IOException where that is not possible now; {@link #trouble} says why
     */
    SearchIndex open() throws IOException {
        SearchIndex open = current;
        if (open != null && open.isOpen() && damage == null) {
            return open;
        }
        try {
            if (open != null) {
                discard(open);
            }
            SearchIndex opened = openOrReplace();
            current = opened;
            trouble = "";
            return opened;
        } catch (IOException | RuntimeException failed) {
            trouble = failed instanceof LockObtainFailedException
                    ? "another process has the index open"
                    : "the index can't be opened; the log says why";
            throw failed;
        }
    }

    private void discard(SearchIndex open) throws IOException {
        String why = damage;
        log.warn("The search index is made anew: {}", why == null ? "a failure has closed it" : why);
        current = null;
        try {
            open.close();
        } catch (IOException | AlreadyClosedException failed) {
            log.debug("closing what is damaged", failed);
        }
        delete();
        damage = null;
    }

    private SearchIndex openOrReplace() throws IOException {
        try {
            return SearchIndex.open(folder, bufferMegabytes);
        } catch (LockObtainFailedException inUse) {
            throw inUse;
        } catch (IOException | RuntimeException unusable) {
            log.warn("The search index can't be used and is made anew: {}", unusable.toString());
            delete();
            return SearchIndex.open(folder, bufferMegabytes);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Has the index replaced: something in it can't be read. */
    void damaged(Exception failure) {
        log.debug("The search index failed", failure);
        damage = failure.toString();
    }

    /** A question was not answered: no question, however odd, is to cost the index. */
    private void unanswered(Exception failure) {
        if (failure instanceof IOException) {
            damaged(failure);
        } else if (!(failure instanceof AlreadyClosedException)) {
            log.warn("The search index did not answer, the texts did", failure);
        }
    }

    @Override
    public Optional<IndexView> view(String account, Duration most) {
        SearchIndex open = current;
        if (open == null || damage != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IndexView(open, account, most, this::unanswered));
        } catch (IOException | AlreadyClosedException closing) {
            return Optional.empty();
        }
    }

    /** The open index, to look at its figures. */
    Optional<SearchIndex> current() {
        return Optional.ofNullable(current);
    }

    /** Why there is no index, in words for an operator; empty: there is one. */
    String trouble() {
        return damage == null ? trouble : "the index is damaged and is made anew";
    }

    void close() throws IOException {
        SearchIndex open = current;
        current = null;
        trouble = "stopped";
        if (open != null) {
            open.close();
        }
    }
}
