package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.client.SmtpClient.Reply;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMTP clients that want what they may not have, or talk nonsense: refused by name, and the session goes on. */
@ExtendWith(SuiteExtension.class)
class RudeSmtpIT {
    private final Suite suite;

    RudeSmtpIT(Suite suite) {
        this.suite = suite;
    }

    /** Ways to write a recipient elsewhere that servers have fallen for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<victim@elsewhere.example>",
                "<victim%elsewhere.example@digidig.test>",
                "<victim%elsewhere.example>",
                "<victim@elsewhere.example@digidig.test>",
                "<@digidig.test:victim@elsewhere.example>",
                "<@digidig.test,@localhost:victim@elsewhere.example>",
                "<elsewhere.example!victim>",
                "<elsewhere.example!victim@digidig.test>",
                "<digidig.test!victim@elsewhere.example>",
                "<\"victim@elsewhere.example\">",
                "<\"victim@elsewhere.example\"@digidig.test>",
                "<\"victim%elsewhere.example\"@digidig.test>",
                "<victim@[127.0.0.1]>",
                "<victim@[203.0.113.7]>",
                "<victim@[IPv6:::1]>",
                "<victim@localhost>",
                "<victim@127.0.0.1>",
                "<victim>",
                "victim@elsewhere.example",
                "<victim@elsewhere.example.>",
                "<victim@digidig.test.elsewhere.example>",
                "<victim@ELSEWHERE.EXAMPLE>"
            })
    void nothingIsRelayed(String recipient) throws IOException {
        for (String sender : new String[] {"", "a@elsewhere.example", "alice@digidig.test", "root@localhost"}) {
            try (SmtpClient smtp = suite.smtp(Port.MX)) {
                Reply mail = smtp.command("MAIL FROM:<" + sender + ">");
                if (mail.positive()) {
                    Reply rcpt = smtp.command("RCPT TO:" + recipient);
                    assertThat(rcpt.code()).as("from <%s>: %s", sender, rcpt).isBetween(500, 599);
                }
            }
        }
    }

    @Test
    void submissionNeedsALogIn() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.SUBMISSIONS)) {
            Reply mail = smtp.command("MAIL FROM:<alice@digidig.test>");
            assertThat(mail.code()).as(mail.toString()).isEqualTo(530);
        }
        try (SmtpClient smtp = suite.smtp(Port.SUBMISSION)) {
            Account alice = suite.alice();
            assertThat(smtp.login(alice.address(), alice.password()).code()).isIn(530, 538, 502, 503, 504);
        }
    }

    @Test
    void aSenderBelongsToTheLogIn() throws IOException {
        Account alice = suite.alice();
        try (SmtpClient smtp = suite.smtp(Port.SUBMISSIONS)) {
            assertThat(smtp.login(alice.address(), alice.password()).code()).isEqualTo(235);
            Reply mail = smtp.command("MAIL FROM:<bob@digidig.test>");
            Reply last = mail.positive() ? smtp.command("RCPT TO:<bob@digidig.test>") : mail;
            assertThat(last.code()).as(last.toString()).isBetween(550, 559);
        }
    }

    @Test
    void anUnknownRecipientIs550() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            smtp.command("MAIL FROM:<a@elsewhere.example>");
            assertThat(smtp.command("RCPT TO:<nobody-here@digidig.test>").code())
                    .isEqualTo(550);
            assertThat(smtp.command("RCPT TO:<alice@digidig.test>").code()).isEqualTo(250);
        }
    }

    @Test
    void aBadCommandIs500AndTheSessionGoesOn() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            assertThat(smtp.command("NONSENSE").code()).isEqualTo(500);
            assertThat(smtp.command("MAIL").code()).isEqualTo(501);
            assertThat(smtp.command("RCPT TO:<alice@digidig.test>").code()).isEqualTo(503);
            assertThat(smtp.command("DATA").code()).isEqualTo(503);
            assertThat(smtp.command("X".repeat(5000)).code()).isEqualTo(500);
            assertThat(smtp.command("NOOP").code()).isEqualTo(250);
        }
    }

    @Test
    void aDeclaredOversizeIs552() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            assertThat(smtp.command("MAIL FROM:<a@elsewhere.example> SIZE=99999999999")
                            .code())
                    .isEqualTo(552);
        }
    }

    /** SMTP smuggling: ends of data that are none (RFC 5321 §2.3.8). */
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\n.\r"})
    void noOtherEndOfDataIsTaken(String end) throws IOException, InterruptedException {
        Account account = suite.newAccount();
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            smtp.command("MAIL FROM:<a@elsewhere.example>");
            smtp.command("RCPT TO:<" + account.address() + ">");
            assertThat(smtp.command("DATA").code()).isEqualTo(354);
            smtp.wire()
                    .write("Subject: outer\r\n\r\nfirst" + end + "MAIL FROM:<admin@digidig.test>\r\nRCPT TO:<"
                            + account.address() + ">\r\nDATA\r\nSubject: smuggled\r\n\r\nsecond\r\n.\r\n");
            smtp.wire().flush();
            // One message was sent, so there is one reply to it; had another end been taken, more would follow.
            Reply reply = smtp.read();
            assertThat(smtp.command("NOOP").code()).isEqualTo(250);
            assertThat(reply.code()).as(reply.toString()).isIn(250, 500, 550, 554);
            int expected = reply.code() == 250 ? 1 : 0;
            Awaitility.await().untilAsserted(() -> assertThat(inboxOf(account)).isEqualTo(expected));
        }
    }

    @Test
    void nulIsRefused() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            Reply reply = smtp.send(
                    "a@elsewhere.example",
                    "alice@digidig.test",
                    "Subject: nul\r\n\r\na\0b\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(reply.code()).as(reply.toString()).isBetween(500, 599);
            assertThat(smtp.command("NOOP").code()).isEqualTo(250);
        }
    }

    @Test
    void anEndlessLineIsCutOff() throws IOException {
        byte[] part = new byte[1 << 20];
        Arrays.fill(part, (byte) 'x');
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            for (int i = 0; i < 64; i++) {
                smtp.wire().write(part);
            }
            smtp.wire().flush();
            smtp.wire().writeLine("");
            assertThat(smtp.read().code()).isBetween(400, 599);
        } catch (IOException cutOff) {
            // As good as a reply: nobody waits for the end of such a line.
            assertThat(cutOff).isNotNull();
        }
        try (SmtpClient next = suite.smtp(Port.MX)) {
            assertThat(next.command("NOOP").code()).isEqualTo(250);
        }
    }

    @Test
    void whatWasPipelinedBeforeTlsIsNotTakenAfterIt() throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            smtp.wire().write("STARTTLS\r\nMAIL FROM:<injected@elsewhere.example>\r\n");
            smtp.wire().flush();
            Reply reply = smtp.read();
            if (reply.code() == 220) {
                smtp.wire().startTls();
                assertThat(smtp.command("RCPT TO:<alice@digidig.test>").code()).isEqualTo(503);
            } else {
                assertThat(reply.code()).as(reply.toString()).isBetween(400, 599);
            }
        } catch (IOException closed) {
            assertThat(closed).as("closing is right too").isNotNull();
        }
    }

    private int inboxOf(Account account) throws IOException {
        try (ImapClient imap = suite.imap(account)) {
            return imap.select("INBOX");
        }
    }
}
