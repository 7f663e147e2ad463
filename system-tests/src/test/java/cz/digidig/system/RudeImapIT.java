package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IMAP clients that talk nonsense or want too much: BAD or NO, and others are served on. */
@ExtendWith(SuiteExtension.class)
class RudeImapIT {
    private final Suite suite;

    RudeImapIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void noPasswordTravelsInClear() throws IOException {
        Account alice = suite.alice();
        try (ImapClient imap = ImapClient.open(suite.port(Port.IMAP4), false)) {
            assertThat(imap.expectOk("CAPABILITY").untagged().getFirst().text())
                    .contains("LOGINDISABLED")
                    .contains("STARTTLS")
                    .doesNotContain("AUTH=PLAIN");
            assertThat(imap.command("LOGIN \"" + alice.address() + "\" \"" + alice.password() + "\"")
                            .status())
                    .startsWith("NO");
        }
    }

    @Test
    void nothingIsReadBeforeTheLogIn() throws IOException {
        try (ImapClient imap = ImapClient.open(suite.port(Port.IMAPS), true)) {
            for (String command : new String[] {"SELECT INBOX", "LIST \"\" *", "FETCH 1 FLAGS", "IDLE"}) {
                assertThat(imap.command(command).ok()).as(command).isFalse();
            }
            assertThat(imap.command("NOOP").ok()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE",
                "SELECT",
                "SELECT INBOX extra",
                "FETCH",
                "FETCH 1",
                "FETCH 0 FLAGS",
                "FETCH -1 FLAGS",
                "FETCH 1:: FLAGS",
                "FETCH 99999999999999999999 FLAGS",
                "FETCH 1 (FLAGS",
                "FETCH 1 BODY[",
                "FETCH 1 BODY[]<a.b>",
                "STORE 1 FLAGS (\\Nonsense",
                "SEARCH",
                "SEARCH ((((",
                "SEARCH CHARSET nosuch TEXT x",
                "UID NONSENSE",
                "STATUS INBOX (NONSENSE)",
                "APPEND INBOX {-1}",
                "APPEND INBOX nonsense"
            })
    void aBadCommandIsRefusedAndTheSessionGoesOn(String command) throws IOException, InterruptedException {
        try (ImapClient imap = suite.imap(suite.newAccount())) {
            imap.select("INBOX");
            assertThat(imap.command(command).status()).matches("(BAD|NO) .*");
            assertThat(imap.command("NOOP").ok()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "OR NOT "})
    void deepNestingIsRefused(String opening) throws IOException, InterruptedException {
        try (ImapClient imap = suite.imap(suite.newAccount())) {
            imap.select("INBOX");
            assertThat(imap.command("SEARCH " + opening.repeat(2000) + "ALL").status())
                    .matches("(BAD|NO) .*");
        } catch (IOException closed) {
            assertThat(closed).as("closing is right too").isNotNull();
        }
        assertServed();
    }

    @Test
    void aLiteralBombIsRefusedBeforeItComes() throws IOException, InterruptedException {
        try (ImapClient imap = suite.imap(suite.newAccount())) {
            assertThat(imap.command("APPEND INBOX {99999999999}").status()).matches("(BAD|NO) .*");
        } catch (IOException closed) {
            assertThat(closed).as("closing is right too").isNotNull();
        }
        try (ImapClient imap = ImapClient.open(suite.port(Port.IMAPS), true)) {
            assertThat(imap.command("LOGIN {1000000000}").status()).matches("(BAD|NO) .*");
        } catch (IOException closed) {
            assertThat(closed).as("closing is right too").isNotNull();
        }
        assertServed();
    }

    @Test
    void anEndlessLineIsCutOff() throws IOException {
        byte[] part = new byte[1 << 20];
        Arrays.fill(part, (byte) 'x');
        try (ImapClient imap = ImapClient.open(suite.port(Port.IMAP4), false)) {
            for (int i = 0; i < 64; i++) {
                imap.wire().write(part);
            }
            imap.wire().flush();
            assertThat(imap.command("NOOP").status()).matches("(BAD|NO|OK) .*");
        } catch (IOException cutOff) {
            assertThat(cutOff).as("nobody waits for the end of such a line").isNotNull();
        }
        assertServed();
    }

    @Test
    void nulInAMessageIsRefused() throws IOException, InterruptedException {
        try (ImapClient imap = suite.imap(suite.newAccount())) {
            ImapClient.Answer answer =
                    imap.append("INBOX", "Subject: nul\r\n\r\na\0b\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.ok()).as(answer.status()).isFalse();
            assertThat(imap.command("NOOP").ok()).isTrue();
        }
    }

    @Test
    void aConnectionThatBreaksOffHurtsNobody() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        ImapClient imap = suite.imap(account);
        imap.wire().writeLine("x1 APPEND INBOX {1000}");
        imap.readResponse();
        imap.wire().write("Subject: half");
        imap.wire().flush();
        imap.close();
        try (ImapClient next = suite.imap(account)) {
            assertThat(next.select("INBOX")).isZero();
        }
    }

    private void assertServed() throws IOException {
        try (ImapClient imap = suite.imap(suite.alice())) {
            imap.select("INBOX");
        }
    }
}
