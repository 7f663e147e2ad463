package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchResult;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.index.IndexLookup;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches mailboxes. Any thread may use it. */
public final class MailboxSearch {
    /** How long texts are read for one page; what was found until then is the answer. */
    private static final Duration MOST_READING = Duration.ofSeconds(3);

    private final MailboxSource source;
    private final RowCache rows;
    private final AccountRowCache accounts;
    private final TextCache texts;
    private final IndexLookup index;
    private final int smallest;

    /**
     * A search with its own caches.
     *
     * @param mostRows messages of the mailboxes whose columns are kept in memory
     * @param mostTextOctets the memory that texts may take
     * @param index asked about texts
     * @param smallest mailboxes with fewer messages are searched without the index
     */
    public MailboxSearch(MailboxSource source, long mostRows, long mostTextOctets, IndexLookup index, int smallest) {
        this.source = source;
        this.rows = new RowCache(source, mostRows);
        this.accounts = new AccountRowCache(source, rows, mostRows);
        this.texts = new TextCache(source, mostTextOctets);
        this.index = index;
        this.smallest = smallest;
    }

    /**
     * All messages of a mailbox that match.
     *
     * @param account its owner's id
     * @param mailbox an id, or {@code INBOX}
     * @throws cz.digidig.common.api.problem.ProblemException {@code not-found}, or {@code invalid} where the search is out
     *     of bounds
     */
    public SearchResult search(String account, String mailbox, SearchKey key) {
        MailboxRows all = rows(account, mailbox);
        int[] found;
        try (IndexAnswers answers = answers(account, all)) {
            Criterion criterion = SearchCompiler.compile(key, answers);
            found = new RowScan(all, criterion, texts).newest(all.size(), Integer.MAX_VALUE);
        }
        UidSet.Builder uids = new UidSet.Builder();
        long highestModSeq = 0;
        for (int i = found.length - 1; i >= 0; i--) {
            uids.add(all.uid(found[i]));
            highestModSeq = Math.max(highestModSeq, all.modSeq(found[i]));
        }
        return new SearchResult(uids.build().toString(), highestModSeq);
    }

    private IndexAnswers answers(String account, Rows all) {
        return new IndexAnswers(all.size() < smallest ? IndexLookup.NONE : index, account, all);
    }

    /** The messages of a mailbox as they are now. */
    public MailboxRows rows(String account, String mailbox) {
        MailboxSummary summary = source.mailbox(account, mailbox);
        return rows.rows(account, summary);
    }

    /** A mailbox and its messages. */
    public record Contents(MailboxSummary mailbox, MailboxRows rows) {}

    /** All mailboxes of an account as they are now. */
    public List<Contents> contents(String account) {
        return source.mailboxes(account).stream()
                .map(mailbox -> new Contents(mailbox, rows.rows(account, mailbox)))
                .toList();
    }

    /**
     * The newest matching messages of a mailbox, newest first.
     *
     * @param below only those with a lower UID; 0: all
     * @param limit the most
     */
    public Found newest(String account, String mailbox, Query query, long below, int limit) {
        MailboxSummary summary = source.mailbox(account, mailbox);
        MailboxRows all = rows.rows(account, summary);
        int before = below == 0 ? all.size() : all.firstFrom(below);
        try (IndexAnswers answers = answers(account, all)) {
            Criterion criterion = new QueryCompiler(answers, List.of(summary)).compile(query);
            return new Found(all, new RowScan(all, criterion, texts).newest(before, limit));
        }
    }

    /**
     * Some messages of a mailbox.
     *
     * @param all the mailbox
     * @param found rows of it
     */
    public record Found(MailboxRows all, int[] found) {}

    /**
     * The newest matching messages of all mailboxes of an account, newest first.
     *
     * @param below only those that came earlier; null: all
     * @param limit the most
     */
    public Hits newest(String account, Query query, AccountRows.@Nullable Place below, int limit) {
        AccountRows all = accounts.rows(account);
        int before = below == null ? all.size() : all.firstFrom(below);
        try (IndexAnswers answers = answers(account, all)) {
            Criterion criterion = new QueryCompiler(answers, all.summaries()).compile(query);
            RowScan scan = new RowScan(all, criterion, texts);
            RowScan.Count count = scan.count();
            int[] found = scan.newest(before, limit, MOST_READING);
            return new Hits(all, found, count.certain() + count.possible(), count.possible() == 0, scan.end());
        }
    }
}
