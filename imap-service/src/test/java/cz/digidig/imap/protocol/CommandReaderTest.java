package cz.digidig.imap.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.imap.protocol.FetchItem.Look;
import cz.digidig.imap.protocol.FetchItem.Partial;
import cz.digidig.imap.protocol.FetchItem.Section;
import cz.digidig.imap.protocol.FetchItem.Simple;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommandReaderTest {
    private static CommandReader reader(String text) {
        CommandReader reader = new CommandReader(new TextSource(text));
        reader.limits(ReaderLimits.afterLogin(1000));
        return reader;
    }

    private static ImapCommand parse(String command) throws IOException {
        return reader("t " + command + "\r\n").next().command();
    }

    private static void bad(String command) {
        assertThatThrownBy(() -> parse(command)).as(command).isInstanceOf(BadSyntax.class);
    }

    @Example
    void astringsComeAsAtomsQuotedAndAsLiterals() throws IOException {
        assertThat(parse("login alice secret")).isEqualTo(new LoginCommand("alice", "secret"));
        assertThat(parse("LOGIN \"a b\" \"q\\\"\\\\\"")).isEqualTo(new LoginCommand("a b", "q\"\\"));
        assertThat(parse("LOGIN {3+}\r\na\"c {2+}\r\nx}")).isEqualTo(new LoginCommand("a\"c", "x}"));
        assertThat(parse("LOGIN {0+}\r\n {0+}\r\n")).isEqualTo(new LoginCommand("", ""));
        bad("LOGIN alice");
        bad("LOGIN al(ice secret");
        bad("LOGIN alice secret more");
        bad("LOGIN {3+} abc x");
    }

    @Example
    void synchronisingLiteralsAreAskedForOnlyWhenTheyAreWanted() throws IOException {
        TextSource source = new TextSource("t LOGIN {5}\r\nalice {6}\r\nsecret\r\n");
        assertThat(new CommandReader(source).next().command()).isEqualTo(new LoginCommand("alice", "secret"));
        assertThat(source.requested).isEqualTo(2);

        TextSource refused = new TextSource("t LOGIN {70000}\r\nu NOOP\r\n");
        CommandReader reader = new CommandReader(refused);
        assertThatThrownBy(reader::next).isInstanceOf(BadSyntax.class);
        assertThat(refused.requested).isZero();
        assertThat(reader.next().tag()).isEqualTo("u");
    }

    @Example
    void whatComesUnaskedWithARefusedCommandIsSkipped() throws IOException {
        CommandReader reader = reader("a FOO {5+}\r\nx\r\nyz {3+}\r\nabc\r\nb NOOP\r\n");
        assertThatThrownBy(reader::next).isInstanceOfSatisfying(BadSyntax.class, bad -> assertThat(bad.tag())
                .isEqualTo("a"));
        assertThat(reader.next()).isEqualTo(new Request("b", new ImapCommand.Noop()));

        CommandReader bomb = reader("a FOO {99999999999999999999+}\r\n");
        assertThatThrownBy(bomb::next).isInstanceOf(Farewell.class);
    }

    @Example
    void appendLeavesItsMessageToBeRead() throws IOException {
        CommandReader reader = reader(
                "a APPEND \"x\" (\\seen Foo \\Recent) \"17-Jul-1996 02:44:25 -0700\" ~{3+}\r\n\0bc\r\nb NOOP\r\n");
        AppendCommand append = (AppendCommand) reader.next().command();
        assertThat(append.flags()).containsExactly("\\Seen", "Foo");
        assertThat(append.internalDate()).isEqualTo(Instant.parse("1996-07-17T09:44:25Z"));
        assertThat(append.message()).isEqualTo(new MessageLiteral(3, true, true));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        reader.readMessage(append.message(), message, append.closing());
        assertThat(message.toByteArray()).containsExactly(0, 'b', 'c');
        assertThat(reader.next().tag()).isEqualTo("b");

        CommandReader unread = reader("a APPEND x {3+}\r\nabc\r\nb NOOP\r\n");
        unread.next();
        assertThat(unread.next().tag()).isEqualTo("b");

        CommandReader utf8 = reader("a APPEND x UTF8 (~{3+}\r\nabc)\r\nb NOOP\r\n");
        AppendCommand command = (AppendCommand) utf8.next().command();
        utf8.readMessage(command.message(), new ByteArrayOutputStream(), command.closing());
        assertThat(utf8.next().tag()).isEqualTo("b");
    }

    @Example
    void setsAndItemsOfFetch() throws IOException {
        FetchCommand fetch = (FetchCommand)
                parse("UID FETCH 1,5:*,*:3 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (From \"To\")]<5.10> BODY[] RFC822.TEXT)"
                        + " (CHANGEDSINCE 17)");
        assertThat(fetch.by()).isEqualTo(MessageRef.UID);
        assertThat(fetch.messages().toString()).isEqualTo("1,5:*,*:3");
        assertThat(fetch.changedSince()).isEqualTo(17);
        assertThat(fetch.items())
                .containsExactly(
                        Simple.FLAGS,
                        new Section(
                                "BODY[1.2.HEADER.FIELDS (From To)]<5>",
                                List.of(1, 2),
                                FetchItem.Text.HEADER_FIELDS,
                                List.of("from", "to"),
                                Look.PEEK,
                                new Partial(5, 10)),
                        new Section("BODY[]", List.of(), FetchItem.Text.WHOLE, List.of(), Look.READ, null),
                        new Section("RFC822.TEXT", List.of(), FetchItem.Text.TEXT, List.of(), Look.READ, null));
        assertThat(((FetchCommand) parse("FETCH 1 full")).items())
                .containsExactly(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE, Simple.ENVELOPE, Simple.BODY);
        for (String wrong : List.of(
                "FETCH 0 FLAGS",
                "FETCH 1: FLAGS",
                "FETCH 1,,2 FLAGS",
                "FETCH 4294967296 FLAGS",
                "FETCH 1 (FLAGS",
                "FETCH 1 ()",
                "FETCH 1 (ALL)",
                "FETCH 1 BODY[MIME]",
                "FETCH 1 BODY[0]",
                "FETCH 1 BODY[1",
                "FETCH 1 BODY[HEADER.FIELDS ()]",
                "FETCH 1 BODY[]<0.0>",
                "FETCH 1 BODY[]<0>",
                "FETCH 1 NONSENSE",
                "FETCH 1")) {
            bad(wrong);
        }
    }

    @Example
    void searchKeys() throws IOException {
        SearchCommand search = (SearchCommand)
                parse("SEARCH RETURN (MIN COUNT) CHARSET utf-8 2:4 OR (UNSEEN SUBJECT {3+}\r\nhé) NOT TO x"
                        + " SENTSINCE 1-Feb-1994 MODSEQ \"/flags/\\\\draft\" all 620 HEADER X-Y \"\"");
        assertThat(search.charset()).isEqualTo("UTF-8");
        assertThat(search.returns()).isEqualTo(EnumSet.of(SearchCommand.Result.MIN, SearchCommand.Result.COUNT));
        assertThat(search.key())
                .isEqualTo(new SearchKey.And(List.of(
                        new SearchKey.Messages(MessageRef.SEQUENCE, new SequenceSet(new long[] {2, 4}, false)),
                        new SearchKey.Or(
                                new SearchKey.And(List.of(
                                        new SearchKey.Not(new SearchKey.Flag("\\Seen")),
                                        new SearchKey.Header("SUBJECT", "h\u00e9"))),
                                new SearchKey.Not(new SearchKey.Header("TO", "x"))),
                        new SearchKey.Sent(SearchKey.DateTest.SINCE, LocalDate.of(1994, 2, 1)),
                        new SearchKey.ModSeq(620),
                        new SearchKey.Header("X-Y", ""))));
        bad("SEARCH");
        bad("SEARCH OR ALL");
        bad("SEARCH (ALL");
        bad("SEARCH ON 31-Feb-2020");
        bad("SEARCH RETURN (NONSENSE) ALL");
    }

    @Example
    void extendedList() throws IOException {
        ListCommand list = (ListCommand) parse(
                "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX \"Sent*\" %) RETURN (CHILDREN STATUS (MESSAGES SIZE))");
        assertThat(list.select()).isEqualTo(Set.of(ListCommand.Select.SUBSCRIBED, ListCommand.Select.RECURSIVEMATCH));
        assertThat(list.patterns()).extracting(MailboxName::path).containsExactly("INBOX", "Sent*", "%");
        assertThat(list.status()).isEqualTo(EnumSet.of(StatusItem.MESSAGES, StatusItem.SIZE));
        bad("LIST (RECURSIVEMATCH) \"\" *");
        bad("LIST \"\"");
    }

    @Property(tries = 2000)
    void anyOctetsGiveACommandOrBadAndNothingElse(@ForAll("noise") byte[] noise) throws IOException {
        TextSource source = new TextSource(noise);
        CommandReader reader = new CommandReader(source);
        reader.limits(ReaderLimits.afterLogin(1000));
        try {
            while (!source.atEnd()) {
                try {
                    assertThat(reader.next().tag()).isNotEmpty();
                } catch (BadSyntax bad) {
                    assertThat(bad.tag()).isNotEmpty();
                }
            }
        } catch (EOFException | Farewell end) {
            assertThat(end).isNotNull();
        }
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a ",
                "FETCH ",
                "UID ",
                "SEARCH ",
                "APPEND ",
                "LIST ",
                "STORE ",
                "\r\n",
                "{3+}\r\n",
                "{2}\r\n",
                "abc",
                "(",
                ")",
                "\"",
                "\\",
                "1:*",
                "1,2",
                " ",
                "BODY[",
                "]",
                "<0.1>",
                "FLAGS",
                "NOT ",
                "OR ",
                "*",
                "%",
                "&",
                "INBOX ",
                "\0",
                "\u00e9",
                "~{1+}\r\n",
                "99999999999999999999",
                "NIL",
                "RETURN (",
                "$",
                "+FLAGS ",
                "\\Seen");
        return pieces.list().ofMaxSize(20).map(some -> (String.join("", some) + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void namesSurviveModifiedUtf7(@ForAll("names") String name) {
        MailboxName given = MailboxName.of(name);
        String wire = given.utf7();
        assertThat(wire.chars()).allMatch(c -> c >= 0x20 && c <= 0x7e);
        assertThat(MailboxName.decode(wire, IllegalArgumentException::new)).isEqualTo(given);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('&', '-', '/', '\u00e4', '\u0161', '\u4e2d', '\u0444')
                .ofMaxLength(20);
    }

    @Example
    void namesInUtf8AndInbox() throws IOException {
        assertThat(((DeleteCommand) parse("DELETE inBox")).mailbox().path()).isEqualTo("INBOX");
        assertThat(((DeleteCommand) parse("DELETE Inbox/x")).mailbox().path()).isEqualTo("INBOX/x");
        assertThat(((DeleteCommand) parse("DELETE \"&AOQ-\"")).mailbox().path()).isEqualTo("\u00e4");
        CommandReader utf8 = reader("a DELETE \"&AOQ-\"\r\nb DELETE \"\u00e4\"\r\n");
        utf8.utf8(true);
        assertThat(((DeleteCommand) utf8.next().command()).mailbox().path()).isEqualTo("&AOQ-");
        assertThat(((DeleteCommand) utf8.next().command()).mailbox().path()).isEqualTo("\u00e4");
        bad("DELETE \"&AOQ\"");
        bad("DELETE \"&A-\"");
    }
}
