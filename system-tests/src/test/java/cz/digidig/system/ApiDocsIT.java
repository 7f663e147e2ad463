package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The documentation of the running suite: it is whole, and its samples run as they are. */
@ExtendWith(SuiteExtension.class)
class ApiDocsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Pattern SAMPLE = Pattern.compile("<pre[^>]*id=\"sample\"[^>]*>(.*?)</pre>", Pattern.DOTALL);
    private static final Pattern OPERATION_ID = Pattern.compile("[a-z][A-Za-z]+");

    private final Suite suite;

    @TempDir
    Path folder;

    ApiDocsIT(Suite suite) {
        this.suite = suite;
    }

    private RestClient docs() {
        RestClient docs = suite.rest(Service.APIDOCS);
        await().atMost(LONGEST)
                .until(() -> JSON.readTree(docs.get("/api/documents").text()).size() == Service.values().length);
        return docs;
    }

    @Test
    void theSuiteIsOneDocument() throws IOException, InterruptedException {
        JsonNode whole = JSON.readTree(docs().get("/api/documents/suite").text());
        assertThat(whole.path("openapi").asString()).startsWith("3.1");
        assertThat(whole.path("paths").propertyNames())
                .contains("/api/messages", "/api/accounts/{account}/mailboxes", "/api/auth/login", "/api/documents");
    }

    /** What a programmer would miss: a name that stays, a summary, an answer that says what comes back, the problems. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void everyOperationIsDescribed(Service service) throws IOException, InterruptedException {
        JsonNode document =
                JSON.readTree(suite.rest(service).get("/v3/api-docs").text());
        assertThat(document.path("info").path("title").asString()).isEqualTo("DIGiDIG " + service.title());
        List<String> holes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    String id = operation.path("operationId").asString("");
                    ids.add(id);
                    if (operation.path("summary").asString("").isEmpty()
                            || operation.path("tags").isEmpty()) {
                        holes.add(method + " " + path + " has no summary or group");
                    }
                    if (!path.startsWith("/api/internal/")
                            && !OPERATION_ID.matcher(id).matches()) {
                        holes.add(method + " " + path + " has no name of its own, but " + id);
                    }
                    if (operation.path("responses").valueStream().count() == 0
                            || (!operation.path("security").isEmpty()
                                    && !operation.path("responses").has("401"))) {
                        holes.add(method + " " + path + " does not say how it may end");
                    }
                }));
        assertThat(holes).isEmpty();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"curl, sh, bash", "python, py, python3", "javascript, mjs, node", "java, java, java"})
    void samplesRunAsTheyAre(String language, String suffix, String program) throws IOException, InterruptedException {
        // The addresses in samples are this machine's.
        suite.requireOwn();
        Program.require(program);
        Account account = suite.newAccount();
        String token = suite.rest(Service.STORAGE, account).token().orElseThrow();
        RestClient.Answer page = docs().get("/reference/storage/listMailboxes?language=" + language);
        assertThat(page.status()).isEqualTo(200);
        Path sample = Files.writeString(folder.resolve("Sample." + suffix), sample(page.text()));
        Program.Result result = Program.run(LONGEST, Map.of("TOKEN", token), program, sample.toString());
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.text()).contains("INBOX");
    }

    @Test
    void theSampleThatSendsSends() throws IOException, InterruptedException {
        suite.requireOwn();
        Account account = suite.alice();
        String token = suite.rest(Service.SMTP, account).token().orElseThrow();
        String sample = sample(docs().get("/reference/smtp/composeMessage").text());
        Program.Result result = Program.run(LONGEST, Map.of("TOKEN", token), "bash", "-c", sample);
        assertThat(result.code()).as(result.toString()).isZero();
    }

    /** A programmer reads on while the suite is down, and a lost volume comes back by itself. */
    @Test
    void theLastKnownDocumentsStandWithoutTheirServices() throws IOException, InterruptedException {
        suite.requireOwn();
        RestClient docs = docs();
        String known = docs.get("/api/documents/smtp").text();
        try {
            for (Service service : Service.values()) {
                if (service != Service.APIDOCS) {
                    suite.stop(service);
                }
            }
            await().atMost(LONGEST).untilAsserted(() -> assertThat(
                            JSON.readTree(docs.get("/api/documents").text()))
                    .filteredOn(entry -> !entry.path("service").asString().equals("apidocs"))
                    .hasSize(Service.values().length - 1)
                    .noneMatch(entry -> entry.path("answering").asBoolean(true)));
            assertThat(docs.get("/api/documents/smtp").text()).isEqualTo(known);
            assertThat(docs.get("/").text()).contains("last seen");
            assertThat(docs.get("/reference/smtp/composeMessage").status()).isEqualTo(200);

            suite.stop(Service.APIDOCS);
            Files.move(suite.runFolder().resolve(Service.APIDOCS.title()).resolve("data"), folder.resolve("lost"));
        } finally {
            suite.up();
        }
        assertThat(docs().get("/api/documents/smtp").text()).isEqualTo(known);
    }

    private static String sample(String page) {
        Matcher matcher = SAMPLE.matcher(page);
        assertThat(matcher.find()).as("the page has a sample").isTrue();
        return matcher.group(1)
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
