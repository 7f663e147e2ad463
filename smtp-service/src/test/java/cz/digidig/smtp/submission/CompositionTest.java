package cz.digidig.smtp.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CompositionTest {
    private static final EmailAddress OWN = new EmailAddress("alice", "digidig.test");

    private static Composition composition(String json) {
        String quoted = json.replace('\'', '"');
        return new Composition(JsonMapper.builder().build().readValue(quoted, NewMessage.class), OWN);
    }

    private static String written(String json) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        composition(json).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static MimeMessage read(String message) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return new MimeMessage(
                Session.getInstance(properties), new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void plainTextIsAsPlainAsItCanBe() throws IOException {
        assertThat(written("{'to':['bob@digidig.test'],'subject':'Lunch','text':'At noon.\\nReally.'}"))
                .isEqualTo("From: alice@digidig.test\r\nTo: bob@digidig.test\r\nSubject: Lunch\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 7bit\r\n\r\nAt noon.\r\nReally.");
    }

    @Test
    void namesTextsAndFileNamesOfAllScripts() throws IOException, MessagingException {
        String message = written("{'from':{'name':'Žofie \\\"Z\\\" Nováková','address':'alice+x@digidig.test'},"
                + "'to':['Jürgen Müller, <j@x.example>'],'cc':[{'address':'c@x.example'}],"
                + "'replyTo':['Team <team@digidig.test>'],"
                + "'subject':'Příliš žluťoučký kůň úpěl ďábelské ódy a ještě jednou příliš žluťoučký kůň',"
                + "'text':'žluťoučký','headers':{'X-Note':'ďábelské'},"
                + "'attachments':[{'name':'účet ľan.pdf','type':'application/pdf','content':'AAEC/w=='}]}");
        assertThat(message.chars()).as("all ASCII").allMatch(c -> c < 0x80);
        assertThat(message.lines()).allMatch(line -> line.length() <= 78, "short lines");
        MimeMessage read = read(message);
        assertThat((InternetAddress) read.getFrom()[0]).satisfies(from -> {
            assertThat(from.getPersonal()).isEqualTo("Žofie \"Z\" Nováková");
            assertThat(from.getAddress()).isEqualTo("alice+x@digidig.test");
        });
        assertThat(((InternetAddress) read.getRecipients(RecipientType.TO)[0]).getPersonal())
                .isEqualTo("Jürgen Müller,");
        assertThat(read.getSubject()).startsWith("Příliš žluťoučký").endsWith("kůň");
        assertThat(read.getReplyTo()[0]).hasToString("Team <team@digidig.test>");
        Multipart mixed = (Multipart) read.getContent();
        assertThat(mixed.getBodyPart(0).getContent()).isEqualTo("žluťoučký");
        BodyPart file = mixed.getBodyPart(1);
        assertThat(file.getFileName()).isEqualTo("účet ľan.pdf");
        assertThat(file.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(file.getInputStream().readAllBytes()).containsExactly(0, 1, 2, 0xff);
    }

    @Test
    void htmlWithTextPicturesAndFiles() throws IOException, MessagingException {
        MimeMessage read = read(
                written("{'to':['b@x.example'],'text':'plain','html':'<img src=\\'cid:p1\\'>'".replace("\\'", "\\\"")
                        + ",'attachments':[{'name':'p.png','type':'image/png','content':'AQ==','cid':'p1'},"
                        + "{'name':'f.bin','content':'Ag=='}]}"));
        Multipart mixed = (Multipart) read.getContent();
        assertThat(mixed.getContentType()).startsWith("multipart/mixed");
        Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
        assertThat(alternative.getContentType()).startsWith("multipart/alternative");
        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("plain");
        Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
        assertThat(related.getContentType()).startsWith("multipart/related");
        assertThat(related.getBodyPart(0).getContent()).isEqualTo("<img src=\"cid:p1\">");
        MimeBodyPart picture = (MimeBodyPart) related.getBodyPart(1);
        assertThat(picture.getContentID()).isEqualTo("<p1>");
        assertThat(picture.getContentType()).startsWith("image/png");
        assertThat(mixed.getBodyPart(1).getContentType()).startsWith("application/octet-stream");
    }

    @Test
    void longLinesAndStrangeTextsAreEncoded() throws IOException, MessagingException {
        String message = written("{'to':['b@x.example'],'text':'" + "x".repeat(3000) + "\\r\\u0000 end \\n.\\n'}");
        assertThat(message.lines()).allMatch(line -> line.length() <= 78);
        assertThat(read(message).getContent()).isEqualTo("x".repeat(3000) + "\r\n\u0000 end \r\n.\r\n");
    }

    @Test
    void addressesStayInTheirScript() throws IOException, MessagingException {
        String message = written("{'to':['Иван <иван@пример.example>'],'text':''}");
        assertThat(message).contains("<иван@xn--e1afmkfd.example>");
        assertThat(composition("{'to':['иван@пример.example']}").recipients())
                .containsExactly(new EmailAddress("иван", "xn--e1afmkfd.example"));
        assertThat(((InternetAddress) read(message).getRecipients(RecipientType.TO)[0]).getPersonal())
                .isEqualTo("Иван");
    }

    @Test
    void anAttachedMessageIsNotEncoded() throws IOException {
        assertThat(written("{'to':['b@x.example'],'attachments':[{'type':'message/rfc822',"
                        + "'content':'U3ViamVjdDogeAoKaGk='}]}"))
                .contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit")
                .contains("Subject: x\r\n\r\nhi");
    }

    @Test
    void aReplyNamesItsThread() throws IOException {
        assertThat(written("{'to':['b@x.example'],'inReplyTo':'<2@x>','references':['<1@x>','<2@x>']}"))
                .contains("In-Reply-To: <2@x>\r\n")
                .contains("References: <1@x> <2@x>\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'to':[]} | to",
                "{'to':['nobody']} | to[0]",
                "{'to':['a@x.example'],'cc':['b@x.example','<>']} | cc[1]",
                "{'to':['a@x.example'],'from':'x'} | from",
                "{'to':[{'name':'a\\r\\nBcc: b','address':'a@x.example'}]} | to[0]",
                "{'to':['a@x.example'],'subject':'a\\nBcc: b@x'} | subject",
                "{'to':['a@x.example'],'headers':{'X-A':'a\\r\\nBcc: b@x'}} | headers.X-A",
                "{'to':['a@x.example'],'headers':{'bcc':'b@x'}} | headers.bcc",
                "{'to':['a@x.example'],'headers':{'Content-Type':'b'}} | headers.Content-Type",
                "{'to':['a@x.example'],'headers':{'X A':'b'}} | headers",
                "{'to':['a@x.example'],'inReplyTo':'x'} | inReplyTo",
                "{'to':['a@x.example'],'references':['<a> <b>']} | references",
                "{'to':['a@x.example'],'attachments':[{'name':'x'}]} | attachments[0].content",
                "{'to':['a@x.example'],'attachments':[{'content':'','type':'x'}]} | attachments[0].type",
                "{'to':['a@x.example'],'attachments':[{'content':'','type':'multipart/mixed'}]} | attachments[0].type",
                "{'to':['a@x.example'],'attachments':[{'content':'','name':'a\\r\\nb'}]} | attachments[0].name",
                "{'to':['a@x.example'],'attachments':[{'content':'','cid':'a>b'}]} | attachments[0].cid"
            })
    void namesWhatIsWrong(String json, String field) {
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> composition(json))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly(field));
    }
}
