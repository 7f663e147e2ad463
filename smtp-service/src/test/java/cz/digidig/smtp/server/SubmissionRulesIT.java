package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.settings.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of users' mail before it is taken (RFC 6409). */
class SubmissionRulesIT {
    private static final String DATE = "[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000";

    @TempDir
    private Path folder;

    private static RawClient user(TestServer server) throws IOException {
        return server.submissions().hello().logIn("alice@digidig.test", "secret");
    }

    private static String send(RawClient client, String message) throws IOException {
        return client.expect("250", "MAIL FROM:<alice@digidig.test>")
                .expect("250", "RCPT TO:<bob@digidig.test>")
                .expect("354", "DATA")
                .send(message + ".\r\n")
                .read();
    }

    private static String afterTrace(TestServer server) throws IOException {
        return server.content(server.accepted().getLast()).replaceFirst("(?s)^Received: .*?\r\n(?![\t ])", "");
    }

    @Test
    void bccIsLeftOutAndWhatIsMissingAdded() throws IOException {
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = user(server)) {
            assertThat(send(
                            client,
                            "Subject: x\r\nBcc: secret@elsewhere.example,\r\n more@elsewhere.example\r\n\r\nhi\r\n"))
                    .startsWith("250 2.6.0");
            assertThat(afterTrace(server))
                    .matches("Subject: x\r\nFrom: alice@digidig\\.test\r\nDate: " + DATE + "\r\nMessage-ID: <"
                            + server.accepted().getLast().id() + "@mail\\.digidig\\.test>\r\n\r\nhi\r\n");
        }
    }

    @Test
    void whatIsWholePassesOctetForOctet() throws IOException {
        String message =
                "from : \"A\" <Info+tag@Digidig.Test>\r\nDATE:now\r\nmessage-ID:<1@x>\r\nSubject: =?x\r\n\r\n\r\n \r\n";
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = user(server)) {
            assertThat(send(client, message)).startsWith("250");
            assertThat(afterTrace(server)).isEqualTo(message);
        }
    }

    @Test
    void aLargeMessageInChunksIsPutInOrderToo() throws IOException {
        String body = "0123456789\r\n".repeat(20_000);
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = user(server)) {
            client.expect("250", "MAIL FROM:<info@digidig.test>").expect("250", "RCPT TO:<bob@digidig.test>");
            assertThat(client.send("BDAT 5\r\nBcc: ").read()).startsWith("250");
            String rest = "b@x\r\nFrom: info@digidig.test\r\nDate: d\r\nMessage-ID: <m>\r\n\r\n" + body;
            assertThat(client.send("BDAT " + rest.length() + " LAST\r\n" + rest).read())
                    .startsWith("250");
            assertThat(afterTrace(server))
                    .isEqualTo("From: info@digidig.test\r\nDate: d\r\nMessage-ID: <m>\r\n\r\n" + body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: bob@digidig.test\r\n",
                "From: Alice <alice@digidig.test>, bob@digidig.test\r\n",
                "From: \"alice@digidig.test\" <ceo@elsewhere.example>\r\n",
                "From: (alice@digidig.test)\r\n ceo@elsewhere.example\r\n"
            })
    void nobodySendsAsSomebodyElse(String from) throws IOException {
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = user(server)) {
            assertThat(send(client, from + "\r\nhi\r\n"))
                    .startsWith("550 5.7.1")
                    .contains("is not yours");
            assertThat(server.accepted()).isEmpty();
            client.expect("553 5.7.1", "MAIL FROM:<bob@digidig.test>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: alice@digidig.test\r\nFrom: ceo@elsewhere.example\r\n",
                "From: undisclosed\r\n",
                "From: alice@digidig.test <ceo@elsewhere.example\r\n"
            })
    void whatCanBeReadInTwoWaysIsRefused(String from) throws IOException {
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = user(server)) {
            assertThat(send(client, from + "\r\nhi\r\n")).startsWith("554 5.6.0");
            assertThat(server.accepted()).isEmpty();
        }
    }

    @Test
    void mailFromOtherServersStaysAsItIs() throws IOException {
        String message = "Bcc: stays@x\r\n\r\nhi\r\n";
        try (TestServer server = new TestServer(folder, TestServer.LIMITS);
                RawClient client = server.mx()) {
            assertThat(send(client.hello(), message)).startsWith("250");
            assertThat(afterTrace(server)).isEqualTo(message);
        }
    }

    @Test
    void sizeAndRecipientsOfUsersHaveLimitsOfTheirOwn() throws IOException {
        try (TestServer server = new TestServer(folder, TestServer.LIMITS, new Submission(2048, 1, 0, 0));
                RawClient client = server.submissions();
                RawClient mx = server.mx()) {
            client.send("EHLO c\r\n");
            assertThat(client.readLine()).contains("mail.digidig.test");
            client.readLine();
            assertThat(client.readLine()).isEqualTo("250-SIZE 2048");
            client.read();
            client.logIn("alice@digidig.test", "secret")
                    .expect("552 5.3.4", "MAIL FROM:<> SIZE=3000")
                    .expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<bob@digidig.test>")
                    .expect("452 4.5.3", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA");
            assertThat(client.send("x".repeat(998) + "\r\n" + "x".repeat(998) + "\r\n" + "x".repeat(998) + "\r\n.\r\n")
                            .read())
                    .startsWith("552 5.3.4");
            mx.hello()
                    .expect("250", "MAIL FROM:<> SIZE=3000")
                    .expect("250", "RCPT TO:<bob@digidig.test>")
                    .expect("250", "RCPT TO:<alice@digidig.test>");
        }
    }

    @Test
    void theDayOfAnAccountEndsOverARestartToo() throws IOException {
        Pattern limit = Pattern.compile("452 4\\.7\\.1 .* again from \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        Submission limits = new Submission(0, 0, 2, 3);
        try (TestServer server = new TestServer(folder, TestServer.LIMITS, limits);
                RawClient client = user(server)) {
            client.expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<bob@digidig.test>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA");
            assertThat(client.send("x\r\n.\r\n").read()).startsWith("250");
            client.expect("250", "MAIL FROM:<>").expect("250", "RCPT TO:<bob@digidig.test>");
            assertThat(client.say("RCPT TO:<alice@digidig.test>")).matches(limit);
            client.expect("354", "DATA");
            assertThat(client.send("x\r\n.\r\n").read()).startsWith("250");
            assertThat(client.say("MAIL FROM:<>")).matches(limit);
        }
        try (TestServer server = new TestServer(folder, TestServer.LIMITS, limits);
                RawClient client = user(server);
                RawClient mx = server.mx()) {
            assertThat(client.say("MAIL FROM:<>")).matches(limit);
            mx.hello().expect("250", "MAIL FROM:<>").expect("250", "RCPT TO:<bob@digidig.test>");
        }
    }
}
