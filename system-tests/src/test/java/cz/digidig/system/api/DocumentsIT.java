package cz.digidig.system.api;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The services' documents have no hole, and the suite does what they say. With {@code -Ddigidig.record=<checkout>} what was
 * sent and got becomes the documents' examples, {@code <service>/src/main/resources/apidoc/examples}.
 */
@ExtendWith(SuiteExtension.class)
class DocumentsIT {
    private static final ObjectWriter PRETTY = new JsonMapper().writerWithDefaultPrettyPrinter();
    private static final Map<Port, String> USUAL = Map.ofEntries(
            Map.entry(Port.IDENTITY, "8001"),
            Map.entry(Port.STORAGE, "8002"),
            Map.entry(Port.SMTP, "8003"),
            Map.entry(Port.CLIENT, "8004"),
            Map.entry(Port.ADMIN, "8005"),
            Map.entry(Port.IMAP, "8007"),
            Map.entry(Port.APIDOCS, "8010"),
            Map.entry(Port.MX, "2525"),
            Map.entry(Port.SUBMISSION, "2587"),
            Map.entry(Port.SUBMISSIONS, "2465"),
            Map.entry(Port.IMAP4, "2143"),
            Map.entry(Port.IMAPS, "2993"));

    private final Suite suite;

    DocumentsIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void nothingIsMissing(Service service) throws IOException, InterruptedException {
        assertThat(Holes.of(ApiDocument.of(suite, service))).isEmpty();
    }

    /**
     * The documents of the last release stand in {@code src/test/resources/released}. What breaks callers needs a new version
     * of the path; at a release they are written anew by {@code -Ddigidig.record.released=<folder>}.
     */
    @ParameterizedTest
    @EnumSource(Service.class)
    void programsThatWereWrittenForTheLastReleaseStillWork(Service service) throws IOException, InterruptedException {
        ApiDocument document = ApiDocument.of(suite, service);
        if (System.getProperty("digidig.record.released") != null) {
            Files.writeString(
                    Path.of(System.getProperty("digidig.record.released"), service.title() + ".json"),
                    ReleasedDocuments.bare(document));
        }
        JsonNode released = ReleasedDocuments.of(service).orElseThrow();
        assertThat(ReleasedDocuments.broken(released, document)).isEmpty();
    }

    @Test
    void whatBreaksIsSeen() throws IOException, InterruptedException {
        ApiDocument document = ApiDocument.of(suite, Service.STORAGE);
        ObjectNode before = (ObjectNode) document.content().deepCopy();
        ObjectNode fields = (ObjectNode) before.at("/components/schemas/MailboxSummary/properties");
        fields.putObject("colour").put("type", "string");
        fields.putObject("messages").put("type", "string");
        ((ObjectNode) before.path("paths"))
                .set("/api/gone", before.path("paths").path("/api/health"));
        assertThat(ReleasedDocuments.broken(before, document))
                .contains(
                        "GET /api/gone is gone",
                        "MailboxSummary.colour is gone",
                        "GET /api/accounts/{account}/mailboxes/{mailbox} takes or gives something else");
    }

    @Test
    void aWalkThroughTheApiGoesAsTheDocumentsSay() throws IOException, InterruptedException {
        Map<Service, ApiDocument> documents = new EnumMap<>(Service.class);
        Map<Service, Validation> validations = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ApiDocument document = ApiDocument.of(suite, service);
            documents.put(service, document);
            validations.put(service, new Validation(document));
        }
        Walk walk = new Walk(suite, documents);
        List<Walk.Call> calls;
        // A mail program, whose session the walk finds and ends.
        try (ImapClient program = suite.imap(suite.alice())) {
            program.select("INBOX");
            calls = walk.take(Scenario.read());
        }
        if (System.getProperty("digidig.record") != null) {
            record(calls, walk.run(), Path.of(System.getProperty("digidig.record")));
        }
        List<String> wrong = new ArrayList<>();
        for (Walk.Call call : calls) {
            Service service = call.operation().document().service();
            check(call, Objects.requireNonNull(validations.get(service)), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(Walk.Call call, Validation validation, List<String> wrong) {
        ApiDocument.Operation operation = call.operation();
        JsonNode answer = operation.content().path("responses").path(Integer.toString(call.status()));
        if (call.status() >= 300 || answer.isMissingNode()) {
            wrong.add(operation + ": " + call.status() + " " + call.response());
        } else if (call.type().contains("json")) {
            validation
                    .errors(answer.path("content").path("application/json").path("schema"), call.response())
                    .forEach(error -> wrong.add(operation + ": the answer is not as its schema: " + error));
        }
    }

    private void record(List<Walk.Call> calls, String run, Path checkout) throws IOException {
        Map<String, String> ports = new HashMap<>();
        USUAL.forEach((port, usual) -> {
            String given = System.getenv("DIGIDIG_TESTED_" + port);
            ports.put(
                    given == null ? Integer.toString(suite.port(port)) : given.substring(given.lastIndexOf(':') + 1),
                    usual);
        });
        Keepsake keepsake = new Keepsake(ports, run);
        Map<Path, ObjectNode> examples = new LinkedHashMap<>();
        for (Walk.Call call : calls) {
            if (call.step().shown() && call.status() < 300) {
                Path file = checkout.resolve(
                                call.operation().document().service().title())
                        .resolve("src/main/resources/apidoc/examples")
                        .resolve(call.operation().id() + ".json");
                ObjectNode example = JsonNodeFactory.instance.objectNode();
                if (!call.request().isMissingNode()) {
                    example.set("request", keepsake.of(call.request()));
                }
                if (!call.response().isMissingNode()) {
                    example.putObject("responses").set(Integer.toString(call.status()), keepsake.of(call.response()));
                }
                if (!example.isEmpty()) {
                    examples.putIfAbsent(file, example);
                }
            }
        }
        for (Map.Entry<Path, ObjectNode> example : examples.entrySet()) {
            Files.createDirectories(example.getKey().getParent());
            Files.writeString(example.getKey(), PRETTY.writeValueAsString(example.getValue()) + "\n");
        }
    }
}
