package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.preferences.Identity;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Messages as they are written, and what an answer begins with. */
class WritingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");

    private static MessageDetail original() {
        MessageSummary summary = new MessageSummary(
                "m1",
                7,
                "t",
                "Re: Bridge",
                List.of(new Correspondent("Bob, B.", "bob@x.example")),
                List.of(new Correspondent("Alice", "alice@x.example"), new Correspondent("", "carol@x.example")),
                NOW,
                NOW,
                100,
                List.of(),
                List.of(),
                "",
                false);
        return new MessageDetail(
                summary,
                List.of(new Correspondent("", "dan@x.example")),
                List.of(
                        new MessageDetail.Field("Message-ID", "<2@x>"),
                        new MessageDetail.Field("References", "<0@x> <1@x>")),
                "One\r\n> two\r\n",
                null,
                List.of());
    }

    @Test
    void anAnswerGoesOnWithTheThread() {
        Draft draft = Answer.reply(original(), "INBOX", "alice@x.example"::equals, true, "Bob wrote:");
        assertThat(draft.to()).isEqualTo("\"Bob, B.\" <bob@x.example>");
        assertThat(draft.cc()).isEqualTo("carol@x.example, dan@x.example");
        assertThat(draft.subject()).isEqualTo("Re: Bridge");
        assertThat(draft.inReplyTo()).isEqualTo("<2@x>");
        assertThat(draft.references()).isEqualTo("<0@x> <1@x> <2@x>");
        assertThat(draft.text()).isEqualTo("\n\nBob wrote:\n> One\n>> two\n");
        assertThat(Answer.reply(original(), "INBOX", "bob@x.example"::equals, false, "")
                        .to())
                .isEqualTo("Alice <alice@x.example>, carol@x.example");
    }

    @Test
    void aMessageHoldsWhatWasWritten() throws IOException {
        Draft draft = new Draft(
                "",
                "",
                "alice@x.example",
                "Žofie <z@x.example>; bob@x.example",
                "",
                "not an address",
                "Příliš\r\nBcc: evil@x.example",
                "žluť\n.\n",
                "",
                "<2@x>",
                "<1@x> <2@x>",
                "INBOX/7/\\Answered",
                List.of());
        Identity author = new Identity("alice@x.example", "Alice Č.", "desk@x.example", "");
        byte[] octets = MimeWriter.write(
                draft, author, "k@x", List.of(new MimeWriter.File("č, a.txt", "text/plain", new byte[] {65})), NOW);
        String text = new String(octets, StandardCharsets.UTF_8);
        assertThat(text)
                .contains("From: =?utf-8?Q?Alice_=C4=8C=2E?= <alice@x.example>\r\n", "Reply-To: desk@x.example\r\n")
                .contains("Message-ID: <k@x>\r\n", "In-Reply-To: <2@x>\r\n", "References: <1@x> <2@x>\r\n")
                .contains(
                        "<z@x.example>, bob@x.example",
                        "Bcc: not an address\r\n",
                        "X-DIGiDIG-Answers: INBOX/7/\\Answered\r\n")
                .doesNotContain("\r\nBcc: evil");
        assertThat(new String(Drafts.withoutOurs(octets), StandardCharsets.UTF_8))
                .doesNotContain("X-DIGiDIG")
                .contains("Message-ID: <k@x>\r\n")
                .hasSize(text.length() - "X-DIGiDIG-Answers: INBOX/7/\\Answered\r\n".length());
    }

    @Test
    void aFormattedMessageHoldsBothForms() throws Exception {
        Draft written = Draft.EMPTY.to("bob@x.example").formatted(true).signed("Alice");
        assertThat(written.html()).contains("<div class=\"signature\"><div>-- </div><div>Alice</div></div>");
        assertThat(RichText.text(written.html())).isEqualTo("\n-- \nAlice\n\n");
        Identity author = new Identity("alice@x.example", "", "", "");
        MimeMessage plain = read(MimeWriter.write(written.formatted(false), author, "k@x", List.of(), NOW));
        assertThat(plain.isMimeType("text/plain")).isTrue();

        MimeMessage alone = read(MimeWriter.write(written, author, "k@x", List.of(), NOW));
        assertThat(alone.isMimeType("multipart/alternative")).isTrue();
        MimeMultipart forms = (MimeMultipart) alone.getContent();
        assertThat(forms.getCount()).isEqualTo(2);
        assertThat(forms.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(forms.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=utf-8");
        assertThat((String) forms.getBodyPart(1).getContent()).contains("<div>Alice</div>");

        MimeWriter.File file = new MimeWriter.File("a.txt", "text/plain", new byte[] {65});
        MimeMessage withFile = read(MimeWriter.write(written, author, "k@x", List.of(file), NOW));
        MimeMultipart mixed = (MimeMultipart) withFile.getContent();
        assertThat(withFile.isMimeType("multipart/mixed")).isTrue();
        assertThat(mixed.getBodyPart(0).isMimeType("multipart/alternative")).isTrue();
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("a.txt");
    }

    @Test
    void picturesStandInTheTextAndFilesBesideIt() throws Exception {
        Form form = new Form(
                null,
                null,
                null,
                "bob@x.example",
                null,
                null,
                null,
                null,
                "<div>Look: <img data-cid=new@x src=/mail/D/m/parts/2 alt='č.png' width=90 height=9e9></div>"
                        + "<img src=cid:gone@x><img src=https://x.example/t.gif>",
                null,
                null,
                null,
                "true",
                List.of(
                        new Kept("D", "m", "2", "old.png", "image/png", 3, "old@x").reference(),
                        new Kept("D", "m", "3", "a.pdf", "application/pdf", 3, "").reference()));
        MimeWriter.File picture = new MimeWriter.File("č.png", "image/png", new byte[] {1}, "new@x");
        Draft draft = form.toDraft(List.of(picture));
        assertThat(draft.html()).isEqualTo("<div>Look: <img src=\"cid:new@x\" alt=\"č.png\" width=\"90\"></div>");
        assertThat(draft.text()).isEqualTo("Look: [č.png]\n");
        assertThat(draft.files()).extracting(Kept::name).containsExactly("a.pdf");

        MimeMessage message = read(MimeWriter.write(
                draft,
                new Identity("alice@x.example", "", "", ""),
                "k@x",
                List.of(new MimeWriter.File("a.pdf", "application/pdf", new byte[] {2}), picture),
                NOW));
        assertThat(message.getHeader(MimeWriter.RECEIPT, null)).isEqualTo("alice@x.example");
        MimeMultipart mixed = (MimeMultipart) message.getContent();
        assertThat(mixed.getCount()).isEqualTo(2);
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("a.pdf");
        MimeMultipart forms = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat(forms.getContentType()).startsWith("multipart/alternative");
        MimeMultipart related = (MimeMultipart) forms.getBodyPart(1).getContent();
        assertThat(related.getContentType()).startsWith("multipart/related; type=\"text/html\"");
        assertThat(related.getCount()).isEqualTo(2);
        assertThat((String) related.getBodyPart(0).getContent()).contains("src=\"cid:new@x\"");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<new@x>");
        assertThat(related.getBodyPart(1).getDisposition()).isEqualTo("inline");
    }

    @Test
    void picturesOfWhatIsQuotedComeAlong() {
        MessageDetail plain = original();
        MessageDetail rich = new MessageDetail(
                plain.message(),
                plain.cc(),
                plain.headers(),
                null,
                "<p><img src='cid:a@x' alt=a><img src='cid:b@x'></p>",
                List.of(
                        new MessageDetail.Attachment("1.2", "a.png", "image/png", 5, "a@x", true),
                        new MessageDetail.Attachment("1.3", "c.png", "image/png", 5, "c@x", true),
                        new MessageDetail.Attachment("2", "d.pdf", "application/pdf", 5, null, false)));
        Draft reply = Answer.reply(rich, "INBOX", "alice@x.example"::equals, false, "Bob wrote:");
        assertThat(reply.pictures()).extracting(Kept::contentId).containsExactly("a@x");
        assertThat(reply.attached()).isEmpty();
        assertThat(reply.editable())
                .contains("<p><img src=\"/mail/INBOX/m1/parts/1.2?show=\" alt=\"a\" data-cid=\"a@x\"></p>");
        Draft forwarded = Answer.forward(rich, "INBOX", "Forwarded");
        assertThat(forwarded.pictures()).extracting(Kept::name).containsExactly("a.png");
        assertThat(forwarded.attached()).extracting(Kept::name).containsExactly("c.png", "d.pdf");
        assertThat(forwarded.formatted(false).attached())
                .extracting(Kept::name)
                .containsExactly("a.png", "c.png", "d.pdf");
    }

    private static MimeMessage read(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    @Test
    void anAnswerQuotesWhatIsHarmlessOfTheHtml() {
        MessageDetail plain = original();
        assertThat(Answer.reply(plain, "INBOX", "alice@x.example"::equals, false, "Bob wrote:")
                        .html())
                .isEqualTo("<div><br></div><div class=\"quoted\"><div>Bob wrote:</div><blockquote"
                        + " type=\"cite\"><div>One</div><blockquote"
                        + " type=\"cite\"><div>two</div></blockquote></blockquote></div>");
        MessageDetail rich = new MessageDetail(
                plain.message(),
                plain.cc(),
                plain.headers(),
                null,
                "<p onclick=x()>Hi <b style='color:red'>there</b><script>x()</script><img src=http://x/t.gif></p>",
                List.of());
        assertThat(Answer.forward(rich, "INBOX", "Forwarded").html())
                .endsWith("<blockquote type=\"cite\"><p>Hi <b>there</b></p></blockquote></div>");
    }

    @Test
    void messagesAreForwardedAsTheyCame() throws IOException {
        Draft draft = Answer.attached(List.of(original()), "INBOX", "2 messages");
        assertThat(draft.subject()).isEqualTo("Fwd: Re: Bridge");
        assertThat(draft.answers()).isEqualTo("INBOX/7/$Forwarded");
        Kept kept = draft.files().getFirst();
        assertThat(kept).isEqualTo(new Kept("INBOX", "m1", "", "Re Bridge.eml", "message/rfc822", 100, ""));
        assertThat(Kept.of(kept.reference())).contains(kept);
        assertThat(Answer.attached(List.of(original(), original()), "INBOX", "2 messages"))
                .extracting(Draft::subject, Draft::answers)
                .containsExactly("2 messages", "INBOX/7,7/$Forwarded");

        String inner = "Subject: Ž\r\n\r\nThe first words\r\n";
        byte[] octets = MimeWriter.write(
                draft,
                new Identity("alice@x.example", "", "", ""),
                "k@x",
                List.of(
                        new MimeWriter.File("a.eml", "message/rfc822", inner.getBytes(StandardCharsets.UTF_8)),
                        new MimeWriter.File("b.eml", "message/rfc822", new byte[] {'a', '\n'})),
                NOW);
        assertThat(new String(octets, StandardCharsets.UTF_8))
                .contains("Content-Type: message/rfc822; name=a.eml\r\n", "Content-Transfer-Encoding: 8bit\r\n", inner)
                .contains("Content-Type: application/octet-stream; name=b.eml\r\n", "\r\nYQo=");
    }

    @Test
    void onlyTextOfShortLinesTravelsAsItIs() {
        assertThat(MimeWriter.travels("a\r\nb".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(MimeWriter.travels("a\nb".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(MimeWriter.travels("a\rb".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(MimeWriter.travels("a\r".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(MimeWriter.travels(new byte[] {0})).isFalse();
        assertThat(MimeWriter.travels("x".repeat(998).getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(MimeWriter.travels("x".repeat(1000).getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void aFileKeepsItsNameThroughTheForm() {
        Kept kept = new Kept("INBOX", "m", "2.1", "a|b, č.pdf", "application/pdf", 12, "");
        assertThat(kept.reference()).doesNotContain(",");
        assertThat(Kept.of(kept.reference())).contains(kept);
        assertThat(Kept.of("nonsense")).isEmpty();
    }

    @Test
    void linksToAddressesFillTheForm() {
        Draft draft =
                Mailto.read("mailto:a+b@x.example?subject=A%20b&cc=c@x.example&body=x%0D%0Ay&from=evil@x.example");
        assertThat(draft.to()).isEqualTo("a+b@x.example");
        assertThat(draft.subject()).isEqualTo("A b");
        assertThat(draft.cc()).isEqualTo("c@x.example");
        assertThat(draft.text()).isEqualTo("x\ny");
    }
}
