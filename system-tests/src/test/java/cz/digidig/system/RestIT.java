package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The REST APIs as scripts meet them. */
@ExtendWith(SuiteExtension.class)
class RestIT {
    private static final String INBOX = "/api/accounts/me/mailboxes/INBOX";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Suite suite;

    RestIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyServiceTellsItsHealthToAnybody(Service service) throws IOException, InterruptedException {
        RestClient.Answer answer = suite.rest(service).get("/api/health");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode health = JSON.readTree(answer.text());
        assertThat(health.path("name").asString()).isEqualTo(service.title());
        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(health.has("version") && health.has("uptime") && health.has("dependencies"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void configurationIsForAdministratorsAlone(Service service) throws IOException, InterruptedException {
        assertProblem(suite.rest(service).get("/api/config"), 401);
        assertProblem(suite.rest(service, suite.alice()).get("/api/config"), 403);
        assertThat(suite.rest(service, suite.admin()).get("/api/config").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyServiceDescribesItsApi(Service service) throws IOException, InterruptedException {
        RestClient.Answer answer = suite.rest(service, suite.admin()).get("/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(JSON.readTree(answer.text()).path("paths").has("/api/health"))
                .isTrue();
    }

    @Test
    void aUserListsMessagesAndReadsTheOctets() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        byte[] message = Messages.simple("a@elsewhere.example", account.address(), "rest");
        try (ImapClient imap = suite.imap(account)) {
            assertThat(imap.append("INBOX", message).ok()).isTrue();
        }
        RestClient storage = suite.rest(Service.STORAGE, account);

        JsonNode mailboxes =
                JSON.readTree(storage.get("/api/accounts/me/mailboxes").text());
        assertThat(mailboxes.toString()).contains("INBOX");

        RestClient.Answer list = storage.get(INBOX + "/messages");
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        JsonNode only = JSON.readTree(list.text()).path("items").path(0);
        assertThat(only.toString()).contains("rest");

        RestClient.Answer raw = storage.send(
                storage.request(INBOX + "/messages/" + only.path("id").asString())
                        .header("Accept", "message/rfc822")
                        .GET());
        assertThat(raw.status()).as(raw.text()).isEqualTo(200);
        assertThat(raw.type()).startsWith("message/rfc822");
        assertThat(raw.body()).isEqualTo(message);
    }

    @Test
    void messagesAreFoundByTheirWords() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        try (ImapClient imap = suite.imap(account)) {
            imap.append("INBOX", Messages.simple("a@elsewhere.example", account.address(), "needle"));
            imap.append("INBOX", Messages.simple("a@elsewhere.example", account.address(), "haystack"));
        }
        RestClient.Answer found = suite.rest(Service.STORAGE, account).get(INBOX + "/messages?q=needle");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        assertThat(JSON.readTree(found.text()).path("items").size()).isEqualTo(1);
    }

    @Test
    void nobodyReadsMail() throws IOException, InterruptedException {
        assertProblem(suite.rest(Service.STORAGE).get(INBOX + "/messages"), 401);
        assertProblem(suite.rest(Service.STORAGE).withToken("made-up").get(INBOX + "/messages"), 401);
    }

    @Test
    void mailOfOthersIsNotThere() throws IOException, InterruptedException {
        Account owner = suite.newAccount();
        Account other = suite.newAccount();
        RestClient.Answer answer = suite.rest(Service.STORAGE, owner).get("/api/accounts/me/mailboxes/INBOX");
        String mailbox = JSON.readTree(answer.text()).path("id").asString();
        RestClient stranger = suite.rest(Service.STORAGE, other);
        assertProblem(stranger.get("/api/accounts/me/mailboxes/" + mailbox), 404);
        assertThat(stranger.get("/api/accounts/" + owner.address() + "/mailboxes")
                        .status())
                .isIn(403, 404);
    }

    @Test
    void internalCallsAreForServicesAlone() throws IOException, InterruptedException {
        assertProblem(suite.rest(Service.IDENTITY).get("/api/internal/recipients/alice@digidig.test"), 401);
        assertProblem(
                suite.rest(Service.IDENTITY, suite.alice()).get("/api/internal/recipients/alice@digidig.test"), 403);
    }

    @Test
    void whatIsNotThereIs404() throws IOException, InterruptedException {
        assertProblem(suite.rest(Service.STORAGE, suite.alice()).get("/api/accounts/me/mailboxes/nosuch"), 404);
        assertProblem(suite.rest(Service.IDENTITY, suite.admin()).get("/api/nosuch"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"email\":", "{\"email\":{}}", "nonsense"})
    void malformedJsonIs400(String body) throws IOException, InterruptedException {
        RestClient.Answer answer = suite.rest(Service.IDENTITY).post("/api/auth/login", body);
        assertThat(answer.status()).isIn(400, 422);
        assertProblem(answer, answer.status());
    }

    @Test
    void unknownFieldsAreRefused() throws IOException, InterruptedException {
        RestClient.Answer answer = suite.rest(Service.IDENTITY, suite.admin())
                .post("/api/domains", "{\"name\":\"fields.test\",\"colour\":\"red\"}");
        assertThat(answer.status()).isIn(400, 422);
        assertProblem(answer, answer.status());
    }

    @Test
    void aWrongMediaTypeAndMethodAreRefused() throws IOException, InterruptedException {
        RestClient identity = suite.rest(Service.IDENTITY);
        assertProblem(
                identity.send(identity.request("/api/auth/login")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("hello"))),
                415);
        RestClient administration = suite.rest(Service.IDENTITY, suite.admin());
        assertProblem(
                administration.send(administration
                        .request("/api/domains")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{}"))),
                405);
    }

    @Test
    void whatExistsIs409() throws IOException, InterruptedException {
        RestClient administration = suite.rest(Service.IDENTITY, suite.admin());
        assertProblem(administration.post("/api/domains", "{\"name\":\"digidig.test\"}"), 409);
        assertProblem(
                administration.post(
                        "/api/accounts", "{\"email\":\"alice@digidig.test\",\"password\":\"correct-Horse-7-battery\"}"),
                409);
        assertProblem(suite.rest(Service.IDENTITY, suite.alice()).post("/api/domains", "{\"name\":\"x.test\"}"), 403);
    }

    @Test
    void aWrongPasswordIs401() throws IOException, InterruptedException {
        assertProblem(
                suite.rest(Service.IDENTITY)
                        .post("/api/auth/login", "{\"email\":\"nobody@digidig.test\",\"password\":\"wrong\"}"),
                401);
    }

    /** RFC 9457, with nothing of the inside in it. */
    private static void assertProblem(RestClient.Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).as(answer.toString()).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.text()).path("status").asInt()).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("Exception", "cz.digidig", "org.springframework", "\tat ");
    }

    @Test
    void serversAndMailProgramsFindWhatDnsLeadsThemTo() throws IOException, InterruptedException {
        RestClient web = suite.rest(Service.CLIENT);
        RestClient.Answer policy = web.get("/.well-known/mta-sts.txt?domain=digidig.test");
        assertThat(policy.status()).isEqualTo(200);
        assertThat(policy.type()).startsWith("text/plain");
        assertThat(policy.text()).contains("version: STSv1\r\n", "mode: testing\r\n", "\r\nmx: ");
        assertThat(web.get("/mail/config-v1.1.xml?emailaddress=alice@digidig.test")
                        .text())
                .contains("<emailProvider id=\"digidig.test\">", "<port>993</port>");
        for (String path : List.of(
                "/.well-known/mta-sts.txt?domain=elsewhere.example",
                "/.well-known/mta-sts.txt",
                "/mail/config-v1.1.xml?emailaddress=x@elsewhere.example",
                "/.well-known/autoconfig/mail/config-v1.1.xml")) {
            assertThat(web.get(path).status()).as(path).isEqualTo(404);
        }
    }
}
