package cz.digidig.storage.search;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.storage.index.Region;
import cz.digidig.storage.index.TextCondition;
import cz.digidig.storage.mime.CaseFold;
import cz.digidig.storage.mime.SearchText;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes criteria of queries. */
final class QueryCompiler {
    private final Known.Source index;
    private final List<MailboxSummary> mailboxes;

    /**
     * Makes one for some rows.
     *
     * @param index asked what it knows of each text
     * @param mailboxes those of the rows, in the rows' order
     */
    QueryCompiler(Known.Source index, List<MailboxSummary> mailboxes) {
        this.index = index;
        this.mailboxes = mailboxes;
    }

    Criterion compile(Query query) {
        return switch (query) {
            case Query.All() -> new Criterion.OfRow((_, _) -> true);
            case Query.And(List<Query> all) -> several(all, Criterion.Answer.NO);
            case Query.Or(List<Query> any) -> several(any, Criterion.Answer.YES);
            case Query.Not(Query not) -> new Criterion.Negation(compile(not));
            case Query.HasWords(List<Region> regions, List<String> words, boolean open) ->
                words(new TextCondition.HasWords(regions, words, open));
            case Query.HasText(List<Region> regions, String text) -> text(regions, text);
            case Query.HasFlag(var flag) -> new Criterion.OfRow((rows, row) -> flag.in(rows.flags(row)));
            case Query.HasKeyword(String name) -> SearchCompiler.compile(new SearchKey.Flag(name), index);
            case Query.HasAttachment() ->
                SearchCompiler.compile(new SearchKey.Header(SearchText.ATTACHMENT_MARK, ""), index);
            case Query.In(String name) -> {
                BitSet in = named(name);
                yield new Criterion.OfRow((rows, row) -> in.get(rows.mailbox(row)));
            }
            case Query.Received(var test, var date) ->
                SearchCompiler.compile(new SearchKey.Received(test, date), index);
            case Query.Larger(long size) -> new Criterion.OfRow((rows, row) -> rows.size(row) > size);
            case Query.Smaller(long size) -> new Criterion.OfRow((rows, row) -> rows.size(row) < size);
        };
    }

    private Criterion several(List<Query> of, Criterion.Answer decisive) {
        return new Criterion.Several(
                of.stream()
                        .map(this::compile)
                        .sorted(Comparator.comparingInt(Criterion::cost))
                        .toList(),
                decisive);
    }

    private Criterion words(TextCondition.HasWords wanted) {
        WordSequence sequence = new WordSequence(wanted);
        return new Criterion.OfText(sequence::in, Criterion.BODY, index.any(List.of(wanted)));
    }

    private Criterion text(List<Region> regions, String text) {
        String wanted = SearchedText.octets(text);
        return new Criterion.OfText(
                searched -> searched.contains(regions, wanted), Criterion.BODY, contains(regions, text));
    }

    /** Names have no trigrams. */
    private @Nullable Known contains(List<Region> regions, String text) {
        return regions.contains(Region.NAMES) ? null : index.any(List.of(new TextCondition.Contains(regions, text)));
    }

    private BitSet named(String name) {
        String wanted = CaseFold.fold(name);
        BitSet found = new BitSet(mailboxes.size());
        for (int i = 0; i < mailboxes.size(); i++) {
            MailboxSummary mailbox = mailboxes.get(i);
            String path = CaseFold.fold(mailbox.path());
            String use = mailbox.specialUse() == null ? "" : CaseFold.fold(mailbox.specialUse());
            boolean junk = use.equals("junk") && wanted.equals("spam");
            found.set(
                    i,
                    wanted.equals("anywhere")
                            || junk
                            || wanted.equals(use)
                            || wanted.equals(path)
                            || path.endsWith("/" + wanted)
                            || name.equals(mailbox.id()));
        }
        return found;
    }
}
