package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.NameServer;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a check on arrival thinks of a mail decides the mailbox in which its reader finds it. */
@ExtendWith(SuiteExtension.class)
class JunkIT {
    private static final String LIST = "list.example";
    private static final String SENDER = "sender@elsewhere.example";

    private final Suite suite;

    JunkIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    private void configure(String json) throws IOException, InterruptedException {
        RestClient.Answer answer = suite.rest(Service.SMTP, suite.admin()).patch("/api/config", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void send(Account reader, String subject) throws IOException {
        try (SmtpClient client = suite.smtp(Port.MX)) {
            byte[] message = Messages.simple(SENDER, reader.address(), subject);
            assertThat(client.send(SENDER, reader.address(), message).code()).isEqualTo(250);
        }
    }

    /** The only message of a mailbox, once it is there. */
    private static String only(ImapClient imap, String mailbox) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> imap.select(mailbox) == 1);
        try {
            return new String(imap.fetch(imap.uids().getFirst()), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void mailFromAListedClientIsFoundInJunkWithTheReason() throws IOException, InterruptedException {
        Account reader = suite.newAccount();
        try (NameServer dns = new NameServer();
                ImapClient imap = suite.imap(reader)) {
            configure("{\"dnsServers\":[\"%s\"],\"checks\":{\"blockLists\":[{\"zone\":\"%s\",\"action\":\"junk\"}]}}"
                    .formatted(dns.place(), LIST));
            send(reader, "from a stranger");
            assertThat(only(imap, "INBOX"))
                    .contains("Subject: from a stranger\r\n", "Authentication-Results: ")
                    .doesNotContain("x-dnsbl");

            dns.address("1.0.0.127." + LIST, "127.0.0.2");
            send(reader, "from a listed one");
            assertThat(only(imap, "Junk"))
                    .contains(
                            "Subject: from a listed one\r\n",
                            "x-dnsbl=fail\r\n\t reason=\"listed as 127.0.0.2\"\r\n\t dns.zone=" + LIST);
            assertThat(imap.select("INBOX")).isOne();
        } finally {
            configure("{\"dnsServers\":[],\"checks\":{\"blockLists\":[]}}");
        }
    }
}
