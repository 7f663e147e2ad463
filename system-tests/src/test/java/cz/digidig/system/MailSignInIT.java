package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** How mail programs sign in at SMTP and IMAP: by identity's tokens (RFC 7628), and by app passwords. */
@ExtendWith(SuiteExtension.class)
class MailSignInIT {
    private static final JsonMapper JSON = new JsonMapper();

    private final Suite suite;

    MailSignInIT(Suite suite) {
        this.suite = suite;
    }

    private static String bearer(String user, String token) {
        String response = "n,a=" + user + ",\u0001auth=Bearer " + token + "\u0001\u0001";
        return Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    }

    private int smtp(String command) throws IOException {
        try (SmtpClient client = suite.smtp(Port.SUBMISSIONS)) {
            SmtpClient.Reply reply = client.command(command);
            // A refusal says why in a challenge; the answer to it ends the exchange (RFC 7628 §3.2.3).
            return reply.code() == 334 ? client.command("AQ==").code() : reply.code();
        }
    }

    private int smtpByPassword(String user, String password) throws IOException {
        try (SmtpClient client = suite.smtp(Port.SUBMISSIONS)) {
            return client.login(user, password).code();
        }
    }

    private boolean imapByPassword(String user, String password) throws IOException {
        try (ImapClient client = ImapClient.open(suite.port(Port.IMAPS), true)) {
            return client.command("LOGIN \"" + user + "\" \"" + password + "\"").ok();
        }
    }

    private static String text(RestClient.Answer answer, String field) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return JSON.readTree(answer.body()).path(field).asString("");
    }

    @Test
    void aTokenOfIdentitySendsAndReadsMail() throws IOException, InterruptedException {
        Account person = suite.newAccount();
        String token = suite.rest(Service.IDENTITY, person).token().orElseThrow();

        try (SmtpClient client = suite.smtp(Port.SUBMISSIONS)) {
            assertThat(client.command("AUTH OAUTHBEARER " + bearer(person.address(), token))
                            .code())
                    .isEqualTo(235);
            assertThat(client.send(
                                    person.address(),
                                    person.address(),
                                    Messages.simple(person.address(), person.address(), "by token"))
                            .code())
                    .isEqualTo(250);
        }
        try (ImapClient client = ImapClient.open(suite.port(Port.IMAPS), true)) {
            client.expectOk("AUTHENTICATE OAUTHBEARER " + bearer(person.address(), token));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> client.select("INBOX") == 1);
        }
    }

    @Test
    void noOtherTokenSignsAnybodyIn() throws IOException, InterruptedException {
        Account person = suite.newAccount();
        Account other = suite.newAccount();
        String token = suite.rest(Service.IDENTITY, person).token().orElseThrow();
        String broken = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

        assertThat(smtp("AUTH OAUTHBEARER " + bearer(person.address(), broken))).isEqualTo(535);
        assertThat(smtp("AUTH OAUTHBEARER " + bearer(other.address(), token)))
                .as("somebody else's")
                .isEqualTo(535);
        try (ImapClient client = ImapClient.open(suite.port(Port.IMAPS), true)) {
            client.wire().writeLine("a AUTHENTICATE OAUTHBEARER " + bearer(other.address(), token));
            String line = client.wire().readLine();
            if (line.startsWith("+")) {
                client.wire().writeLine("AQ==");
                line = client.wire().readLine();
            }
            assertThat(line).startsWith("a NO");
        }
    }

    @Test
    void withASecondFactorMailProgramsNeedAppPasswords() throws IOException, InterruptedException {
        Account person = suite.newAccount();
        assertThat(smtpByPassword(person.address(), person.password())).isEqualTo(235);
        assertThat(imapByPassword(person.address(), person.password())).isTrue();

        RestClient identity = suite.rest(Service.IDENTITY, person);
        String secret = text(identity.post("/api/accounts/me/totp", "{}"), "secret");
        identity.post("/api/accounts/me/totp/confirm", "{\"code\":\"%s\"}".formatted(Codes.now(secret)));
        RestClient.Answer made = identity.post("/api/accounts/me/app-passwords", "{\"name\":\"Phone\"}");
        String appPassword = text(made, "password");

        // What was found right before is remembered for moments.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> smtpByPassword(person.address(), person.password()) == 535);
        assertThat(imapByPassword(person.address(), person.password())).isFalse();
        assertThat(smtpByPassword(person.address(), appPassword)).isEqualTo(235);
        assertThat(imapByPassword(person.address(), appPassword)).isTrue();

        assertThat(identity.delete("/api/accounts/me/app-passwords/" + text(made, "id"))
                        .status())
                .isEqualTo(204);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !imapByPassword(person.address(), appPassword));
    }
}
