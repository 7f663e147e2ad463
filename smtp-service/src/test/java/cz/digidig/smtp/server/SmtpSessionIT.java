package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do what they should. */
class SmtpSessionIT {
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new TestServer(folder, TestServer.LIMITS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static QueuedMessage last() {
        return server.accepted().getLast();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMessageIsKeptOctetForOctetBehindItsTraceHeader() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250 2.1.0", "MAIL FROM:<someone@example.org> SIZE=100 RET=HDRS ENVID=abc")
                    .expect("250 2.1.5", "RCPT TO:<Alice+tag@DIGIDIG.test> NOTIFY=FAILURE ORCPT=rfc822;alice@x")
                    .expect("354", "DATA")
                    .send("Subject: hi\r\n\r\n..dots\r\n...\r\nend\r\n.\r\n");
            assertThat(client.read()).startsWith("250 2.6.0 Queued as ");
            client.expect("221", "QUIT");
            assertThat(client.ended()).isTrue();
        }
        QueuedMessage message = last();
        assertThat(server.content(message))
                .matches(
                        "(?s)Received: from client\\.test \\(\\[127\\.0\\.0\\.1\\]\\)\r\n\tby mail\\.digidig\\.test with ESMTP id "
                                + message.id()
                                + "\r\n\tfor <Alice\\+tag@digidig\\.test>;\r\n\t[^\r]+\r\nSubject: hi\r\n\r\n"
                                + "\\.dots\r\n\\.\\.\r\nend\r\n");
        assertThat(message.envelope().from()).hasToString("someone@example.org");
        assertThat(message.envelope().envelopeId()).isEqualTo("abc");
        assertThat(message.envelope().recipients().getFirst().notifyOn()).containsExactly(Notify.FAILURE);
        assertThat(message.destinations().getFirst().target())
                .isEqualTo(new Target.Local("Alice", "alice@digidig.test"));
    }

    @Test
    void commandsMayBePipelined() throws IOException {
        try (RawClient client = server.mx()) {
            client.send(
                    "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<alice@digidig.test>\r\nRCPT TO:<nobody@digidig.test>\r\nDATA\r\n");
            assertThat(client.read()).startsWith("250 ");
            assertThat(client.read()).startsWith("250");
            assertThat(client.read()).startsWith("250");
            assertThat(client.read()).startsWith("550 5.1.1");
            assertThat(client.read()).startsWith("354");
            client.send("x\r\n.\r\nRSET\r\nNOOP\r\nQUIT\r\n");
            assertThat(client.read()).startsWith("250 2.6.0");
            assertThat(client.read()).startsWith("250 2.0.0");
            assertThat(client.read()).startsWith("250 2.0.0");
            assertThat(client.read()).startsWith("221");
        }
    }

    @Test
    void chunksMakeAMessage() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<a@b.test> BODY=8BITMIME")
                    .expect("250", "RCPT TO:<bob@digidig.test>");
            client.send("BDAT 9\r\nSubject: ");
            assertThat(client.read()).startsWith("250");
            client.send("BDAT 16 LAST\r\nx\r\n\r\n.\r\nbody\r\n\r\nNOOP\r\n");
            assertThat(client.read()).startsWith("250 2.6.0");
            assertThat(client.read()).startsWith("250 2.0.0");
        }
        assertThat(server.content(last())).endsWith("Subject: x\r\n\r\n.\r\nbody\r\n\r\n");
    }

    @Test
    void aUserSubmitsToAnywhere() throws IOException {
        try (RawClient client = server.submission()) {
            client.hello().expect("220", "STARTTLS").startTls();
            client.hello()
                    .logIn("alice@digidig.test", "secret")
                    .expect("250", "MAIL FROM:<alice+list@digidig.test>")
                    .expect("250", "RCPT TO:<someone@elsewhere.example>")
                    .expect("250", "RCPT TO:<bob@digidig.test>")
                    .expect("354", "DATA")
                    .send("Subject: out\r\n\r\nx\r\n.\r\n");
            assertThat(client.read()).startsWith("250");
        }
        assertThat(last().envelope().submitter()).isEqualTo("alice");
        assertThat(last().destinations())
                .extracting(QueuedMessage.Destination::target)
                .containsExactly(
                        new Target.Remote("someone@elsewhere.example"), new Target.Local("bob", "bob@digidig.test"));
        assertThat(server.content(last()))
                .contains(" with ESMTPSA id ")
                .contains("(using TLSv1.")
                .doesNotContain("\tfor <");
    }

    @Test
    void everyMechanismLogsIn() throws IOException {
        try (RawClient client = server.submissions()) {
            client.hello().expect("334", "AUTH PLAIN").expect("235", base64("\0alice@digidig.test\0secret"));
        }
        try (RawClient client = server.submissions()) {
            client.hello()
                    .expect("334", "AUTH LOGIN")
                    .expect("334", base64("alice@digidig.test"))
                    .expect("235", base64("secret"));
        }
        try (RawClient client = server.submissions()) {
            client.hello().expect("235", "AUTH OAUTHBEARER " + base64("n,,\u0001auth=Bearer good-token\u0001\u0001"));
        }
        try (RawClient client = server.submissions()) {
            client.hello()
                    .expect("334", "AUTH OAUTHBEARER " + base64("n,,\u0001auth=Bearer bad\u0001\u0001"))
                    .expect("535", base64("\u0001"))
                    .expect("501", "AUTH PLAIN ***")
                    .expect("504", "AUTH CRAM-MD5")
                    .expect("334", "AUTH PLAIN")
                    .expect("501", "*")
                    .expect("235", "AUTH XOAUTH2 " + base64("user=alice\u0001auth=Bearer good-token\u0001\u0001"));
        }
    }

    @Test
    void postmasterWithoutADomainIsOurs() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello().expect("250", "MAIL FROM:<>").expect("250", "RCPT TO:<Postmaster>");
        }
    }

    @Test
    void anOutageOfTheDirectoryIsTemporary() throws IOException {
        try (RawClient client = server.mx()) {
            server.people.down = true;
            client.hello().expect("250", "MAIL FROM:<>").expect("451 4.4.3", "RCPT TO:<alice@digidig.test>");
        } finally {
            server.people.down = false;
        }
    }

    @Test
    void internationalAddressesNeedSmtputf8() throws IOException {
        String address = new String("žluť@digidig.test".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("553 5.6.7", "MAIL FROM:<" + address + ">")
                    .expect("250", "MAIL FROM:<>")
                    .expect("553 5.6.7", "RCPT TO:<" + address + ">")
                    .expect("250", "RSET")
                    .expect("250", "MAIL FROM:<" + address + "> SMTPUTF8")
                    .expect("550 5.1.1", "RCPT TO:<" + address + ">");
        }
    }
}
