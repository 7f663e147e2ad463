package cz.digidig.storage.index;

import cz.digidig.storage.journal.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;

/** What the index has, for those who keep it in order. */
final class IndexContents {
    private IndexContents() {}

    /** How many messages of an account. */
    static long count(IndexSearcher searcher, String account) throws IOException {
        return searcher.count(new TermQuery(new Term(MessageDocument.ACCOUNT, account)));
    }

    /** How many messages. */
    static long messages(IndexSearcher searcher) throws IOException {
        return searcher.count(new FieldExistsQuery(MessageDocument.HIGH));
    }

    /** Names the messages of an account. */
    static void visit(IndexSearcher searcher, String account, Consumer<MessageId> visitor) throws IOException {
        Term term = new Term(MessageDocument.ACCOUNT, account);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            if (postings == null) {
                continue;
            }
            NumericDocValues high = DocValues.getNumeric(leaf.reader(), MessageDocument.HIGH);
            NumericDocValues low = DocValues.getNumeric(leaf.reader(), MessageDocument.LOW);
            Bits live = leaf.reader().getLiveDocs();
            for (int at = postings.nextDoc(); at != PostingsEnum.NO_MORE_DOCS; at = postings.nextDoc()) {
                if ((live == null || live.get(at)) && high.advanceExact(at) && low.advanceExact(at)) {
                    visitor.accept(new MessageId(high.longValue(), low.longValue()));
                }
            }
        }
    }

    /** The ids of an account's mailboxes that have a position, deleted ones perhaps among them. */
    static List<String> mailboxes(IndexSearcher searcher, String account) throws IOException {
        List<String> found = new ArrayList<>();
        Term term = new Term(MessageDocument.OWNER, account);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            if (postings == null) {
                continue;
            }
            BinaryDocValues ids = DocValues.getBinary(leaf.reader(), MessageDocument.MAILBOX_ID);
            for (int at = postings.nextDoc(); at != PostingsEnum.NO_MORE_DOCS; at = postings.nextDoc()) {
                if (ids.advanceExact(at)) {
                    found.add(ids.binaryValue().utf8ToString());
                }
            }
        }
        return found;
    }
}
