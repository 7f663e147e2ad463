package cz.digidig.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.storage.index.IndexLookup;
import cz.digidig.storage.index.IndexTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** With the index, wherever it is, searches answer what they answer without it. */
class IndexedSearchPropertyTest {
    private static final List<String> TEXTS = List.of(
            "alpha",
            "Alphabet",
            "beta",
            "ALPHA beta",
            "alpha, beta",
            "žluťoučký",
            "Žluť",
            "Straße",
            "strasse",
            "ss",
            "s",
            "会議",
            "会議です",
            "🎉",
            "🎉🚀",
            "don't",
            "a@b.example",
            "x-y",
            "…",
            "",
            " ",
            "e\u0301",
            "é",
            "\ud83c");
    private static final List<String> QUERIES = List.of(
            "alpha",
            "al",
            "a",
            "\"alpha beta\"",
            "alpha.be",
            "subject:alpha",
            "from:ann",
            "to:bob",
            "cc:ann",
            "-alpha",
            "alpha OR 会",
            "žlu",
            "straße",
            "🎉",
            "don't",
            "x-y",
            "…",
            "filename:alp",
            "filename:\"beta.txt\"",
            "has:attachment",
            "-has:attachment alpha",
            "(beta OR ss) -subject:s",
            "body:beta",
            "a@b.example",
            "\"" + "alpha beta ".repeat(20) + "\" OR \"" + "a b ".repeat(20) + "\" OR x",
            "to:x",
            "bcc:");

    record Mail(String from, String to, String cc, String subject, String body, String attachment, int day) {
        String source() {
            String head =
                    "From: " + from + "\nTo: " + to + "\nCc: " + cc + "\nX-Note: " + body + "\nSubject: " + subject
                            + "\n" + (day < 5 ? "Date: " + (day + 1) + " Jan 1970 00:00 +0000\n" : "")
                            + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
            return head + "--b\nContent-Type: text/plain; charset=utf-8\n\n" + body + "\n"
                    + (attachment.isEmpty()
                            ? ""
                            : "--b\nContent-Disposition: attachment; filename=\"" + attachment + ".txt\"\n\nx\n")
                    + "--b--\n";
        }
    }

    @Provide
    Arbitrary<Mail> mails() {
        Arbitrary<String> texts = Arbitraries.of(TEXTS);
        Arbitrary<String> people =
                Arbitraries.of("Ann <ann@x.example>", "bob@x.example", "\"Anna Bobek\" <a@b.example>, x@y.example", "");
        return Combinators.combine(
                        people,
                        people,
                        people,
                        texts,
                        texts.list().ofMaxSize(3).map(list -> String.join(" ", list)),
                        Arbitraries.of("", "", "alpha", "beta", "ss"),
                        Arbitraries.integers().between(0, 7))
                .as(Mail::new);
    }

    @Provide
    Arbitrary<SearchKey> keys() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of(TEXTS), Arbitraries.of("lph", "lphab", "pha be", "議で", "nn", "\n", "subject: a", "x"));
        Arbitrary<SearchKey> leaves = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(
                                        "Subject", "FROM", "to", "cc", "bcc", "X-Note", "x-absent", "\u0001", "b:d"),
                                texts)
                        .as(SearchKey.Header::new),
                texts.map(SearchKey.Body::new),
                texts.map(SearchKey.Text::new),
                Arbitraries.of("\\Seen", "later").map(SearchKey.Flag::new),
                Arbitraries.of("1", "2:9", "3,5,7:40").map(SearchKey.Uids::new),
                Combinators.combine(
                                Arbitraries.of(DateTest.values()),
                                Arbitraries.integers().between(0, 5).map(LocalDate::ofEpochDay))
                        .as(SearchKey.Sent::new));
        return nested(leaves, 3);
    }

    private static Arbitrary<SearchKey> nested(Arbitrary<SearchKey> leaves, int depth) {
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<SearchKey> inside = nested(leaves, depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inside.list().ofMaxSize(3).map(SearchKey.And::new),
                inside.list().ofMaxSize(3).map(SearchKey.Or::new),
                inside.map(SearchKey.Not::new));
    }

    /** A program may ask for it; no message has it, but what stands for it in octets. */
    @Example
    void halfASurrogatePairIsFoundAlike() throws IOException {
        Mail mail = new Mail("Ann <ann@x.example>", "", "", "alpha", "\ud83c", "", 0);
        answersAreTheSameWithTheIndexAndWithout(
                Collections.nCopies(4, mail), List.of(), List.of(new SearchKey.Header("X-Note", "\ud83c")));
    }

    @Property(tries = 150)
    void answersAreTheSameWithTheIndexAndWithout(
            @ForAll @Size(max = 25) List<@From("mails") Mail> indexed,
            @ForAll @Size(max = 5) List<@From("mails") Mail> later,
            @ForAll @Size(min = 1, max = 12) List<@From("keys") SearchKey> keys)
            throws IOException {
        Path folder = Files.createTempDirectory("index");
        MailboxInMemory mailbox = new MailboxInMemory();
        try (IndexTrial index = new IndexTrial(folder, mailbox, 7)) {
            MailboxSearch with = new MailboxSearch(mailbox, 1000, 5000, index.lookup(), 0);
            MailboxSearch without = new MailboxSearch(mailbox, 1000, 5000, IndexLookup.NONE, 0);
            indexed.forEach(mail -> mailbox.add(mail.day() % 2, List.of(), mail.day(), mail.source()));
            index.catchUp();
            mailbox.flag(2, 1, List.of("Later"));
            mailbox.expunge(3);
            later.forEach(mail -> mailbox.add(0, List.of(), mail.day(), mail.source()));
            for (SearchKey key : keys) {
                assertThat(with.search("a", "m", key)).as(key.toString()).isEqualTo(without.search("a", "m", key));
            }
            for (String text : QUERIES) {
                Query query = QueryReader.read(text);
                Hits one = with.newest("a", query, null, 100);
                Hits other = without.newest("a", query, null, 100);
                assertThat(one.found()).as(text).isEqualTo(other.found());
                assertThat(one.total()).as(text).isGreaterThanOrEqualTo(one.found().length);
                assertThat(!one.exact() || one.total() == one.found().length)
                        .as(text)
                        .isTrue();
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
