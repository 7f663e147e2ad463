package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.MailSink;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mail to elsewhere, by a smart host, so that no name server is asked. */
@ExtendWith(SuiteExtension.class)
class OutboundIT {
    private static final Pattern QUEUED = Pattern.compile("Queued as (\\w+)");

    private final Suite suite;

    OutboundIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    private RestClient smtp() throws IOException, InterruptedException {
        return suite.rest(Service.SMTP, suite.admin());
    }

    private RestClient.Answer configure(String json) throws IOException, InterruptedException {
        RestClient.Answer answer = smtp().patch("/api/config", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private String submit(Account sender, String name) throws IOException {
        try (SmtpClient client = suite.smtp(Port.SUBMISSIONS)) {
            assertThat(client.login(sender.address(), sender.password()).code()).isEqualTo(235);
            byte[] message = Messages.simple(sender.address(), "friend@elsewhere.example", name);
            SmtpClient.Reply reply = client.send(sender.address(), "friend@elsewhere.example", message);
            Matcher queued = QUEUED.matcher(reply.toString());
            assertThat(queued.find()).as(reply.toString()).isTrue();
            return queued.group(1);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
    }

    @Test
    void mailWaitsThroughACrashAndIsRetriedAndReported() throws IOException, InterruptedException {
        Account sender = suite.newAccount();
        try (MailSink sink = new MailSink()) {
            RestClient.Answer configured = configure(("{\"smartHosts\":[{\"host\":\"127.0.0.1\",\"port\":%d,"
                            + "\"tls\":\"none\",\"user\":\"us\",\"password\":\"open sesame\"}]}")
                    .formatted(sink.port()));
            assertThat(configured.text()).contains("********").doesNotContain("sesame");
            assertThat(smtp().get("/api/config").text()).doesNotContain("sesame");

            sink.answerRecipients("451 4.3.2 come again");
            String id = submit(sender, "waits");
            await(() -> smtp().get("/api/queue/" + id).text().contains("451 4.3.2 come again"));
            suite.kill(Service.SMTP);
            suite.up();
            assertThat(smtp().get("/api/queue/" + id).text()).contains("451 4.3.2 come again");
            sink.acceptRecipients();
            assertThat(smtp().post("/api/queue/" + id + "/retry", "").status()).isEqualTo(202);
            await(() -> !sink.messages().isEmpty());
            assertThat(sink.messages()).singleElement().asString().contains("Subject: waits");
            await(() -> smtp().get("/api/queue/" + id).status() == 404);

            sink.answerRecipients("550 5.1.1 nobody here");
            submit(sender, "fails");
            await(() -> reports(sender) == 1);

            sink.answerRecipients("451 4.3.2 come again");
            String dropped = submit(sender, "dropped");
            assertThat(suite.rest(Service.SMTP, sender)
                            .delete("/api/queue/" + dropped)
                            .status())
                    .isEqualTo(403);
            assertThat(smtp().delete("/api/queue/" + dropped).status()).isEqualTo(204);
            assertThat(smtp().get("/api/queue/" + dropped).status()).isEqualTo(404);
            assertThat(reports(sender)).isOne();
        } finally {
            configure("{\"smartHosts\":[]}");
        }
    }

    private int reports(Account sender) throws IOException {
        try (ImapClient imap = suite.imap(sender)) {
            return imap.select("INBOX");
        }
    }
}
