package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service away for a while: mail waits, nobody else needs a restart. */
@ExtendWith(SuiteExtension.class)
class OutageIT {
    private static final int MESSAGES = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Suite suite;

    OutageIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    @Test
    void smtpAcceptsWhileStorageIsStoppedAndDeliversLater() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        long smtpBefore = suite.pid(Service.SMTP);
        long imapBefore = suite.pid(Service.IMAP);
        suite.stop(Service.STORAGE);
        try {
            sendAll(account);
        } finally {
            suite.up();
        }
        awaitAll(account);
        assertThat(suite.pid(Service.SMTP)).isEqualTo(smtpBefore);
        assertThat(suite.pid(Service.IMAP)).isEqualTo(imapBefore);
    }

    @Test
    void whoeverIsKnownGetsMailWhileIdentityIsStopped() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        send(account, "known");
        suite.stop(Service.IDENTITY);
        int code;
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            code = smtp.send(
                            "a@elsewhere.example",
                            account.address(),
                            Messages.simple("a@elsewhere.example", account.address(), "outage"))
                    .code();
        } finally {
            suite.up();
        }
        assertThat(code)
                .as("taken by the cache, or put off, but never refused for good")
                .isIn(250, 451);
        awaitCount(account, code == 250 ? 2 : 1);
    }

    private void sendAll(Account account) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            send(account, "outage-" + i);
        }
    }

    private void send(Account account, String name) throws IOException {
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            byte[] message = Messages.simple("a@elsewhere.example", account.address(), name);
            assertThat(smtp.send("a@elsewhere.example", account.address(), message)
                            .code())
                    .isEqualTo(250);
        }
    }

    private void awaitAll(Account account) {
        awaitCount(account, MESSAGES);
    }

    private void awaitCount(Account account, int count) {
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (ImapClient imap = suite.imap(account)) {
                        assertThat(imap.select("INBOX")).isEqualTo(count);
                    }
                });
    }
}
