package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.storage.RenderedMessage.PartLayout;
import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MessageParserTest {
    private static ParsedMessage parse(String source) {
        return Checked.parse(Messages.octets(source));
    }

    private static String text(String source, long from, long to) {
        byte[] octets = Messages.octets(source);
        return new String(octets, (int) from, (int) (to - from), UTF_8);
    }

    @Test
    void theEnvelopeOfASimpleMessageKeepsEncodedWordsAndRepeatsFrom() {
        String from = "((\"Ann Example\" NIL \"ann\" \"example.org\"))";
        assertThat(parse(Messages.SIMPLE).envelope())
                .isEqualTo("(\"Tue, 24 Nov 2026 09:30:00 +0100\" \"=?utf-8?Q?Gr=C3=BC=C3=9Fe?= from Ann\" " + from + " "
                        + from + " " + from + " ((\"Bob\" NIL \"bob\" \"example.net\")(\"Carl, the third\" NIL \"carl\""
                        + " \"example.net\")) NIL NIL NIL \"<one@example.org>\")");
    }

    @Test
    void aSimpleMessageIsOneTextPart() {
        ParsedMessage message = parse(Messages.SIMPLE);
        assertThat(message.body()).isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 38 3)");
        assertThat(message.bodyStructure())
                .isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 38 3 NIL NIL NIL NIL)");
    }

    @Test
    void whatListsShowIsDecoded() {
        MessageFacts facts = parse(Messages.SIMPLE).facts();
        assertThat(facts.subject()).isEqualTo("Grüße from Ann");
        assertThat(facts.from()).containsExactly(new Correspondent("Ann Example", "ann@example.org"));
        assertThat(facts.date()).isEqualTo(Instant.parse("2026-11-24T08:30:00Z"));
        assertThat(facts.sentOn()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(facts.messageId()).isEqualTo("one@example.org");
        assertThat(facts.preview()).isEqualTo("Hello Bob, the STRASSE is long.");
        assertThat(facts.hasAttachment()).isFalse();
    }

    @Test
    void searchTextIsFoldedAndDecoded() {
        SearchText search = parse(Messages.SIMPLE).search();
        assertThat(search.headers()).contains("\nsubject:grüsse from ann\n");
        assertThat(search.body()).contains(CaseFold.fold("Straße IS long"));
    }

    @Test
    void aMultipartIsDescribedWithItsExtensionData() {
        ParsedMessage message = parse(Messages.MIXED);
        assertThat(message.bodyStructure())
                .isEqualTo(
                        "(((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"quoted-printable\" 17 1 NIL NIL NIL NIL)"
                                + "(\"text\" \"html\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 61 0 NIL NIL NIL NIL)"
                                + " \"alternative\" (\"boundary\" \"outer-2\") NIL NIL NIL)"
                                + "(\"image\" \"png\" (\"name\" \"cat.png\") \"<cat@example.org>\" \"a cat\" \"base64\" 4"
                                + " \"Q2hlY2sgSW50ZWdyaXR5IQ==\" (\"attachment\" (\"filename\" \"cat.png\" \"size\" \"3\"))"
                                + " (\"en\" \"cs\") \"http://example.org/cat.png\")"
                                + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 56 (NIL \"inside\""
                                + " ((NIL NIL \"dora\" \"example.org\")) ((NIL NIL \"dora\" \"example.org\"))"
                                + " ((NIL NIL \"dora\" \"example.org\")) NIL NIL NIL NIL NIL)"
                                + " (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 13 0 NIL NIL NIL NIL) 3"
                                + " NIL NIL NIL NIL) \"mixed\" (\"boundary\" \"outer\") NIL NIL NIL)");
    }

    @Test
    void theLayoutLeavesTheLineEndBeforeABoundaryToTheBoundary() {
        PartLayout layout = parse(Messages.MIXED).layout();
        PartLayout plain = layout.parts().getFirst().parts().getFirst();
        assertThat(text(Messages.MIXED, plain.body(), plain.end())).isEqualTo("Caf=C3=A9 =\r\ntime");
        assertThat(text(Messages.MIXED, plain.header(), plain.body()))
                .startsWith("Content-Type: text/plain")
                .endsWith("\r\n\r\n");
        PartLayout inner = layout.parts().get(2).message();
        Objects.requireNonNull(inner);
        assertThat(text(Messages.MIXED, inner.body(), inner.end())).isEqualTo("an inner text");
        assertThat(plain.encoding()).isEqualTo("quoted-printable");
    }

    @Test
    void attachmentsTextsAndThreadsOfAMultipartAreFound() {
        ParsedMessage message = parse(Messages.MIXED);
        assertThat(message.facts().attachments()).containsExactly("cat.png", "");
        assertThat(message.facts().preview()).isEqualTo("Café time");
        assertThat(message.search().body())
                .contains("café time", "subject: inside", "an inner text")
                .doesNotContain("color");
        String root = parse("Message-ID: <root@example.org>\n\n").threadId();
        assertThat(message.threadId()).isEqualTo(root);
        assertThat(parse("Subject: no ids\n\n").threadId()).isNotEqualTo(root);
    }

    @Test
    void oddAddressesAreMadeTheBestOf() {
        String envelope = parse(Messages.ODD).envelope();
        String group = "((NIL NIL \"Friends\" NIL)(\"a \\\"quoted\\\" one\" \"@relay.example,@two.example\" \"joe\""
                + " \"example.org\")(\"his account\" NIL \"pete\" \"silly.example\")(NIL NIL NIL NIL))";
        assertThat(envelope).contains(group + " " + group + " " + group);
        assertThat(envelope)
                .contains(" ((NIL NIL \"root\" \"\")(\"John Doe\" NIL \"john.doe\" \"example.org\"))"
                        + " ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL ");
    }

    @Test
    void eightBitTextIsALiteralAndQuotesAreEscaped() {
        String subject = new String("it is \"quoted\" and \\ and žluťoučký".getBytes(UTF_8), ISO_8859_1);
        assertThat(parse(Messages.ODD).envelope()).contains("{" + subject.length() + "}\r\n" + subject);
        assertThat(parse("Subject: a \"b\" \\c\n\n").envelope()).startsWith("(NIL \"a \\\"b\\\" \\\\c\" ");
        assertThat(parse("Subject:\n\n").envelope()).startsWith("(NIL \"\" NIL");
    }

    @Test
    void continuedParametersAreKeptAsGiven() {
        assertThat(parse(Messages.ODD).bodyStructure())
                .contains("(\"charset\" \"iso-8859-2\" \"name*0*\" \"utf-8''%e2%82%ac\" \"name*1\" \"x.txt\")");
    }

    @Test
    void aMissingClosingBoundaryEndsWithTheOuterOne() {
        PartLayout layout = parse("""
                        Content-Type: multipart/mixed; boundary=a

                        --a
                        Content-Type: multipart/mixed; boundary=b

                        --b

                        one
                        --a

                        two
                        """).layout();
        assertThat(layout.parts()).hasSize(2);
        assertThat(layout.parts().getFirst().parts()).hasSize(1);
    }

    @Test
    void aLineThatIsABoundaryCountsBeforeOneThatBeginsWithOne() {
        PartLayout layout = parse("""
                        Content-Type: multipart/mixed; boundary=a

                        --a
                        Content-Type: multipart/mixed; boundary=ab

                        --ab

                        one
                        --ab\t\s
                        Content-Type: text/plain
                        --ab--
                        --a--
                        --a
                        not a part: the multipart is closed
                        """).layout();
        assertThat(layout.parts()).hasSize(1);
        assertThat(layout.parts().getFirst().parts()).hasSize(2);
    }

    @Test
    void aMultipartWithoutPartsHasOneEmptyPartAndOneWithoutABoundaryIsText() {
        assertThat(parse("Content-Type: multipart/mixed; boundary=a\n\nnothing\n")
                        .body())
                .isEqualTo("((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0) \"mixed\")");
        assertThat(parse("Content-Type: multipart/mixed\n\nsome text\n").body())
                .isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 11 1)");
    }

    @Test
    void partsOfADigestAreMessagesUnlessTheySayOtherwise() {
        String body = parse("Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\ny\n--a--\n")
                .body();
        assertThat(body).startsWith("((\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 15 (NIL \"x\" ");
    }

    @Test
    void bombsStayWithinTheirLimits() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        StringBuilder parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        parts.append("--b\n\nx\n".repeat(300_000));
        String messages = "Content-Type: message/rfc822\n\n".repeat(100_000);
        String words =
                "Subject: " + "=?a?q?x".repeat(9000) + "\nTo: " + "<@,".repeat(20_000) + "(".repeat(20_000) + "\n\n";
        String html = "Content-Type: text/html\n\n" + "<!-- <a &amp ".repeat(60_000);
        for (String bomb : new String[] {nested.toString(), parts.toString(), messages, words, html}) {
            long start = System.nanoTime();
            ParsedMessage message = parse(bomb);
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
            assertThat(message.bodyStructure().length()).isLessThan(2 * MimeLimits.DEFAULT.wireLength());
        }
    }
}
