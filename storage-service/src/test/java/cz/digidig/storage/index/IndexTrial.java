package cz.digidig.storage.index;

import cz.digidig.storage.index.ChangedMailboxes.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** An index for tests, which is brought up to date when a test says so. */
public final class IndexTrial implements AutoCloseable {
    private final ChangedMailboxes changed = new ChangedMailboxes();
    private final IndexKeeper keeper;
    private final Indexer indexer;

    /**
     * Opens it.
     *
     * @param batch messages indexed at once
     */
    public IndexTrial(Path folder, IndexSource source, int batch) {
        this.keeper = new IndexKeeper(folder, 1);
        this.indexer = new Indexer(
                source,
                changed,
                new Pace() {
                    @Override
                    public void worked(int messages, long nanos) {}

                    @Override
                    public boolean stopping() {
                        return false;
                    }
                },
                batch);
        open();
    }

    private SearchIndex open() {
        try {
            return keeper.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Looks at all mailboxes, and indexes what is missing. */
    public void catchUp() {
        try {
            indexer.walk(open());
            for (List<Mark> marks = marked(); !marks.isEmpty(); marks = marked()) {
                indexer.update(open(), marks);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Mark> marked() {
        return changed.take(Integer.MAX_VALUE, System.nanoTime());
    }

    public void commit() {
        try {
            open().commit();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public IndexLookup lookup() {
        return keeper;
    }

    long messages() {
        try {
            return open().look(IndexContents::messages);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    IndexKeeper keeper() {
        return keeper;
    }

    @Override
    public void close() {
        try {
            keeper.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
