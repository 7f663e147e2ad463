package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Clients that want what they must not get, or talk nonsense. */
class SmtpMisbehaviourIT {
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new TestServer(folder, TestServer.LIMITS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<v@elsewhere.example>",
                "<V@ELSEWHERE.EXAMPLE>",
                "< v@elsewhere.example>",
                "<v%elsewhere.example@digidig.test>",
                "<v%elsewhere.example%digidig.test@digidig.test>",
                "<v%elsewhere.example>",
                "<\"v@elsewhere.example\"@digidig.test>",
                "<\"v%elsewhere.example\"@digidig.test>",
                "<\"v@elsewhere.example\">",
                "<v@elsewhere.example@digidig.test>",
                "<@digidig.test:v@elsewhere.example>",
                "<@digidig.test,@mail.digidig.test:v@elsewhere.example>",
                "<elsewhere.example!v@digidig.test>",
                "<digidig.test!elsewhere.example!v>",
                "<v@[127.0.0.1]>",
                "<v@[203.0.113.9]>",
                "<v@[IPv6:::1]>",
                "<v@127.0.0.1>",
                "<v@localhost>",
                "<v@digidig.test.elsewhere.example>",
                "<v@elsewhere.example.>",
                "<v@digidig.test%00.elsewhere.example>",
                "<v=40elsewhere.example@digidig.test>",
                "<v\\@elsewhere.example@digidig.test>",
                "<v@elsewhere.example>,<alice@digidig.test>",
                "<alice@digidig.test> <v@elsewhere.example>",
                "v@elsewhere.example"
            })
    void nothingIsRelayed(String recipient) throws IOException {
        for (String sender : new String[] {"", "v@elsewhere.example", "alice@digidig.test", "root@[127.0.0.1]"}) {
            try (RawClient client = server.mx()) {
                client.hello()
                        .expect("250", "MAIL FROM:<" + sender + ">")
                        .expect("5", "RCPT TO:" + recipient)
                        .expect("503", "DATA");
            }
        }
        try (RawClient client = server.submission()) {
            client.hello()
                    .expect("530 5.7.0", "MAIL FROM:<alice@digidig.test>")
                    .expect(
                            "503",
                            "RCPT TO:"
                                    + (recipient.startsWith("<v@e")
                                            ? "<v@elsewhere.example>"
                                            : "<alice@digidig.test>"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<v@[127.0.0.1]>",
                "<v@[IPv6:::1]>",
                "<\"v@elsewhere.example\"@digidig.test>",
                "<a!v@digidig.test>"
            })
    void evenUsersReachNoAddressLiteralAndNoTrick(String recipient) throws IOException {
        try (RawClient client = server.submissions()) {
            client.hello()
                    .logIn("alice@digidig.test", "secret")
                    .expect("250", "MAIL FROM:<alice@digidig.test>")
                    .expect("550", "RCPT TO:" + recipient);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob@digidig.test", "alice@elsewhere.example", "admin@digidig.test", "alice@digidig.test.example"
            })
    void aSenderBelongsToTheLogIn(String sender) throws IOException {
        try (RawClient client = server.submissions()) {
            client.hello().logIn("alice@digidig.test", "secret").expect("553 5.7.1", "MAIL FROM:<" + sender + ">");
        }
    }

    @Test
    void logInsNeedTlsAndAreNotForServers() throws IOException {
        try (RawClient client = server.submission()) {
            client.hello().expect("538", "AUTH PLAIN AGFsaWNlAHNlY3JldA==");
        }
        try (RawClient client = server.mx()) {
            client.hello().expect("502", "AUTH PLAIN AGFsaWNlAHNlY3JldA==");
        }
    }

    @Test
    void guessingPasswordsEndsTheSession() throws IOException {
        try (RawClient client = server.submissions()) {
            client.hello()
                    .expect("535", "AUTH PLAIN AGFsaWNlAHdyb25n")
                    .expect("535", "AUTH PLAIN AGFsaWNlAHdyb25n")
                    .expect("535", "AUTH PLAIN AGFsaWNlAHdyb25n");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void whatIsTooLargeIs552() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("552 5.3.4", "MAIL FROM:<> SIZE=1048577")
                    .expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA");
            for (int i = 0; i < 1100; i++) {
                client.send(("x".repeat(998) + "\r\n"));
            }
            client.send(".\r\n");
            assertThat(client.read()).startsWith("552 5.3.4");
            client.expect("250", "NOOP");
        }
    }

    @Test
    void nonsenseIsAnsweredAndTheSessionGoesOnForAWhile() throws IOException {
        try (RawClient client = server.mx()) {
            client.expect("503", "MAIL FROM:<>")
                    .hello()
                    .expect("500", "NONSENSE")
                    .expect("500", "")
                    .expect("501", "MAIL FROM:bad")
                    .expect("503", "RCPT TO:<alice@digidig.test>")
                    .expect("503", "DATA")
                    .expect("500", "X".repeat(5000))
                    .expect("555", "MAIL FROM:<> WITH=love")
                    .expect("250", "NOOP")
                    .expect("501", "EHLO")
                    .send("MAGIC\r\n");
            assertThat(client.read()).startsWith("500");
            assertThat(client.read()).startsWith("421");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aBareLineFeedEndsNoCommandInSilence() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello().send("NOOP\n");
            assertThat(client.read()).startsWith("500");
            client.send("NO\rOP\r\n");
            assertThat(client.read()).startsWith("500");
            client.expect("250", "NOOP");
        }
    }

    @Test
    void anEndlessCommandLineIsCutOff() throws IOException {
        try (RawClient client = server.mx()) {
            String part = "x".repeat(1 << 16);
            try {
                for (int i = 0; i < 64; i++) {
                    client.send(part);
                }
            } catch (IOException cut) {
                return;
            }
            assertThat(client.read()).startsWith("500");
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\n.\\n|bare LF",
                "\\n.\\r\\n|bare LF",
                "\\r.\\r|bare CR",
                "\\r\\n.\\n|bare LF",
                "\\r\\n.\\r|bare CR",
                "\\r.\\r\\n|bare CR",
                "\\n.\\r|bare LF",
                "\\r\\r\\n.\\r\\r\\n|bare CR",
                "\\r\\n\\0.\\r\\n|NUL",
                "\\0|NUL"
            })
    void noOtherEndOfDataIsTaken(String end, String why) throws IOException {
        String octets = end.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        int before = server.accepted().size();
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA")
                    .send(
                            "Subject: x\r\n\r\nfirst" + octets
                                    + "MAIL FROM:<admin@digidig.test>\r\nRCPT TO:<bob@digidig.test>\r\nDATA\r\nsmuggled\r\n.\r\n");
            assertThat(client.read()).startsWith("554 5.6.0").contains(why);
            client.expect("250", "NOOP");
        }
        assertThat(server.accepted()).hasSize(before);
    }

    @Test
    void longLinesAndLoopsAreRefusedByName() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA");
            client.send("Subject: x\r\n\r\n" + "x".repeat(2001) + "\r\n.\r\n");
            assertThat(client.read()).startsWith("554 5.6.0").contains("line longer than 2000");
            client.expect("250", "MAIL FROM:<>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA");
            client.send("Received: by x\r\n".repeat(51) + "\r\nx\r\n.\r\n");
            assertThat(client.read()).startsWith("554 5.4.6");
        }
    }

    @Test
    void nothingMayBeInjectedBeforeTls() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello().send("STARTTLS\r\nMAIL FROM:<injected@x.test>\r\n");
            assertThat(client.read()).startsWith("503");
            assertThat(client.ended()).isTrue();
        }
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<>")
                    .expect("220", "STARTTLS")
                    .startTls();
            client.expect("503", "RCPT TO:<alice@digidig.test>")
                    .expect("503", "MAIL FROM:<>")
                    .hello()
                    .expect("503", "STARTTLS");
        }
    }

    @Test
    void chunksOutOfPlaceAreSteppedOver() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello().send("BDAT 14\r\nQUIT\r\nQUIT\r\n\r\n");
            assertThat(client.read()).startsWith("503");
            client.expect("250", "MAIL FROM:<>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.send("BDAT 5\r\nabcdeDATA\r\n");
            assertThat(client.read()).startsWith("250");
            assertThat(client.read()).startsWith("503");
            client.expect("503", "RCPT TO:<bob@digidig.test>").expect("501", "BDAT x");
            client.send("BDAT 3 LAST\r\na\nb");
            assertThat(client.read()).startsWith("554 5.6.0");
            client.send("BDAT 99999999999999 LAST\r\n");
            assertThat(client.read()).startsWith("503");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void recipientsAreCountedEachOnce() throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<>")
                    .expect("550 5.2.1", "RCPT TO:<gone@digidig.test>")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("250", "RCPT TO:<ALICE@digidig.test>")
                    .expect("250", "RCPT TO:<alice+1@digidig.test>")
                    .expect("250", "RCPT TO:<bob@digidig.test>")
                    .expect("452 4.5.3", "RCPT TO:<bob+1@digidig.test>");
        }
    }

    @Test
    void silentAndSlowClientsAreCutOff(@TempDir Path folder) throws IOException {
        try (TestServer strict = new TestServer(
                folder, TestServer.limits(Duration.ofMillis(300), Duration.ofMillis(300), DataSize.ofKilobytes(100)))) {
            try (RawClient silent = strict.mx()) {
                assertThat(silent.read()).startsWith("421 4.4.2");
                assertThat(silent.ended()).isTrue();
            }
            try (RawClient half = strict.mx()) {
                half.send("EHLO cli");
                assertThat(half.read()).startsWith("421 4.4.2");
            }
            try (RawClient paused = strict.mx()) {
                paused.hello()
                        .expect("250", "MAIL FROM:<>")
                        .expect("250", "RCPT TO:<alice@digidig.test>")
                        .expect("354", "DATA");
                paused.send("Subject: never ");
                assertThat(paused.read()).startsWith("421 4.4.2");
            }
            try (RawClient trickle = strict.mx()) {
                trickle.hello()
                        .expect("250", "MAIL FROM:<>")
                        .expect("250", "RCPT TO:<alice@digidig.test>")
                        .expect("354", "DATA");
                long end = System.nanoTime() + 5_000_000_000L;
                try {
                    while (System.nanoTime() < end) {
                        trickle.send("x");
                    }
                } catch (IOException cut) {
                    return;
                }
                assertThat(trickle.read()).startsWith("421 4.4.2");
            }
        }
    }
}
