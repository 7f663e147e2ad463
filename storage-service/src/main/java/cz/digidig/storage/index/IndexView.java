package cz.digidig.storage.index;

import cz.digidig.storage.index.ConditionQueries.Bounds;
import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** An account's part of the index at one moment. For one thread. */
public final class IndexView implements AutoCloseable {
    private final SearchIndex index;
    private final IndexSearcher acquired;
    private final IndexSearcher searcher;
    private final String account;
    private final Consumer<Exception> failed;
    private boolean usable = true;

    /**
     * Looks at an index.
     *
     * @param most how long all questions together may take
     * @param failed hears of a failure; whatever is asked afterwards is not known
     */
    IndexView(SearchIndex index, String account, Duration most, Consumer<Exception> failed) throws IOException {
        this.index = index;
        this.account = account;
        this.failed = failed;
        this.acquired = index.acquire();
        this.searcher = new IndexSearcher(acquired.getIndexReader());
        searcher.setQueryCache(null);
        long end = System.nanoTime() + most.toNanos();
        searcher.setTimeout(() -> System.nanoTime() - end > 0);
    }

    /** Takes message ids as their two halves. */
    @FunctionalInterface
    public interface Ids {
        void accept(long high, long low);
    }

    /** The UID below which all messages of a mailbox are in the index; others may be too. */
    public long coveredBelow(String mailbox) {
        try {
            Position position = usable ? SearchIndex.position(searcher, account, mailbox) : null;
            return position == null ? 0 : position.uidNext();
        } catch (IOException | RuntimeException unreadable) {
            fail(unreadable);
            return 0;
        }
    }

    private void fail(Exception failure) {
        usable = false;
        failed.accept(failure);
    }

    /**
     * Names the messages of the account for which a condition holds, and those for which it may hold. One that is in the
     * index and is not named is one for which it doesn't.
     *
     * @param maybe gets those for which only the text tells
     * @return false: the index can't tell, and what it named is to be forgotten
     */
    public boolean find(TextCondition condition, Ids sure, Ids maybe) {
        if (!usable) {
            return false;
        }
        try {
            Bounds bounds = ConditionQueries.of(condition);
            boolean done = visit(bounds.sure(), sure);
            return done && (bounds.exact() || visit(bounds.maybe(), maybe));
        } catch (IOException | RuntimeException unreadable) {
            fail(unreadable);
            return false;
        }
    }

    private Query ours(Query query) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(MessageDocument.ACCOUNT, account)), Occur.FILTER)
                .add(query, Occur.FILTER)
                .build();
    }

    private boolean visit(Query query, Ids ids) throws IOException {
        searcher.search(ours(query), new OnlyCollector<>(new IdCollector(ids)));
        return !searcher.timedOut();
    }

    /**
     * Names the correspondents of the account's messages in whose From, To and Cc words begin with each of these.
     *
     * @param words at least one
     * @param most of many messages, only as many of those that were indexed last
     * @param people gets when a message was stored, in milliseconds since 1970, and those who are named in it
     */
    public void people(List<String> words, int most, BiConsumer<Long, List<Correspondent>> people) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String word : words) {
            BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
            for (Region region : List.of(Region.FROM, Region.TO, Region.CC)) {
                anywhere.add(new PrefixQuery(new Term(region.words(), word)), Occur.SHOULD);
            }
            query.add(anywhere.build(), Occur.FILTER);
        }
        try {
            if (usable) {
                Query ours = ours(query.build());
                int skipped = Math.max(0, searcher.count(ours) - most);
                searcher.search(ours, new OnlyCollector<>(new PeopleCollector(skipped, people)));
            }
        } catch (IOException | RuntimeException unreadable) {
            fail(unreadable);
        }
    }

    @Override
    public void close() {
        try {
            index.release(acquired);
        } catch (IOException unreadable) {
            fail(unreadable);
        }
    }

    private static NumericDocValues numbers(LeafReaderContext leaf, String field) throws IOException {
        return DocValues.getNumeric(leaf.reader(), field);
    }

    /** Hands out one collector: a searcher without other threads needs no second one. */
    private record OnlyCollector<C extends Collector>(C collector) implements CollectorManager<C, C> {
        @Override
        public C newCollector() {
            return collector;
        }

        @Override
        public C reduce(Collection<C> collectors) {
            return collector;
        }
    }

    private static final class IdCollector extends SimpleCollector {
        private final Ids ids;
        private @Nullable NumericDocValues high;
        private @Nullable NumericDocValues low;

        IdCollector(Ids ids) {
            this.ids = ids;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            high = numbers(leaf, MessageDocument.HIGH);
            low = numbers(leaf, MessageDocument.LOW);
        }

        @Override
        public void collect(int document) throws IOException {
            if (high != null && low != null && high.advanceExact(document) && low.advanceExact(document)) {
                ids.accept(high.longValue(), low.longValue());
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    private static final class PeopleCollector extends SimpleCollector {
        /** The first half of an id begins with the time. */
        private static final int TIME_SHIFT = 16;

        private final BiConsumer<Long, List<Correspondent>> people;
        private @Nullable NumericDocValues high;
        private @Nullable BinaryDocValues values;
        private int skipped;

        PeopleCollector(int skipped, BiConsumer<Long, List<Correspondent>> people) {
            this.skipped = skipped;
            this.people = people;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            high = numbers(leaf, MessageDocument.HIGH);
            values = DocValues.getBinary(leaf.reader(), MessageDocument.PEOPLE);
        }

        @Override
        public void collect(int document) throws IOException {
            if (skipped > 0) {
                skipped--;
            } else if (high != null && values != null && high.advanceExact(document) && values.advanceExact(document)) {
                people.accept(high.longValue() >>> TIME_SHIFT, People.read(values.binaryValue()));
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
