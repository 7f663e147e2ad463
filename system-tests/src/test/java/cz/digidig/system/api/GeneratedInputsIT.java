package cz.digidig.system.api;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of every document with inputs made from its schema: no failure of ours, no answer that the document does
 * not name, no inside shown, and refusals where it says so. Bounded in number and time; the same each time, or by {@code -Ddigidig.seed=N} others.
 */
@ExtendWith(SuiteExtension.class)
class GeneratedInputsIT {
    private static final long USUAL_SEED = 7;
    private static final int TRIES = 12;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Pattern INSIDE =
            Pattern.compile("\\bat [a-z]+(\\.\\w+)+\\(|Exception|cz\\.digidig|org\\.springframework");
    private static final int GEN_SIZE = 1000;
    /** They would end what the other tests use, or never end. */
    private static final Set<String> LEFT_OUT = Set.of(
            "rotateKeys", "restartListeners", "streamChanges", "streamEvents", "hold", "testSmartHost", "changeQueue");
    /** What somebody who is no administrator may do to the own account alone. */
    private static final Set<String> OF_ADMINISTRATORS = Set.of("admin", "domain-admin", "internal");

    private final Suite suite;
    private final long seed = Long.getLong("digidig.seed", USUAL_SEED);

    GeneratedInputsIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyAnswerIsInTheDocument(Service service) {
        Set<String> wrong = new TreeSet<>();
        // What makes the inputs is at home in tests of jqwik's own.
        JqwikSession.run(() -> tryAll(service, wrong));
        assertThat(wrong).as("seed " + seed).isEmpty();
    }

    private void tryAll(Service service, Set<String> wrong) throws IOException, InterruptedException {
        ApiDocument document = ApiDocument.of(suite, service);
        Inputs inputs = new Inputs(document);
        Random random = new Random(seed);
        RestClient nobody = suite.rest(service);
        // Of a user of its own: what it breaks is nobody else's.
        Account account = suite.newAccount();
        RestClient user = suite.rest(service, account);
        long end = System.nanoTime() + LONGEST.toNanos();
        for (ApiDocument.Operation operation : document.operations()) {
            if (LEFT_OUT.contains(operation.id())) {
                continue;
            }
            for (int i = 0; i < TRIES && System.nanoTime() < end; i++) {
                RestClient caller = i == 0 && !operation.isOpen() ? nobody : user;
                Request request = request(operation, inputs, random);
                RestClient.Answer answer;
                try {
                    answer = caller.send(request.on(caller));
                } catch (IOException broken) {
                    wrong.add(operation + " " + request + ": " + broken);
                    continue;
                }
                judge(operation, request, caller == nobody, answer, wrong);
            }
        }
    }

    private static void judge(
            ApiDocument.Operation operation,
            Request request,
            boolean withoutToken,
            RestClient.Answer answer,
            Set<String> wrong) {
        String what = operation + " " + request + ": " + answer;
        if (answer.status() >= 500) {
            wrong.add(what);
        } else if (!operation.content().path("responses").has(Integer.toString(answer.status()))) {
            wrong.add("not in the document: " + what);
        }
        if (INSIDE.matcher(answer.text()).find() && answer.status() >= 400) {
            wrong.add("shows the inside: " + what);
        }
        if (withoutToken && answer.status() != 401) {
            wrong.add("open to everybody: " + what);
        }
        if (!withoutToken
                && !operation.scopes().isEmpty()
                && OF_ADMINISTRATORS.containsAll(operation.scopes())
                && answer.status() != 403) {
            wrong.add("open to users: " + what);
        }
    }

    /** What is sent, so that it can be shown. */
    private record Request(
            String method, String path, List<Map.Entry<String, String>> headers, String type, String body) {
        HttpRequest.Builder on(RestClient client) {
            HttpRequest.Builder request = client.request(path);
            headers.forEach(header -> request.header(header.getKey(), header.getValue()));
            return type.isEmpty()
                    ? request.method(method, BodyPublishers.noBody())
                    : request.header("Content-Type", type).method(method, BodyPublishers.ofString(body));
        }

        @Override
        public String toString() {
            return path + " " + headers + " " + body;
        }
    }

    private static Request request(ApiDocument.Operation operation, Inputs inputs, Random random) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asString("");
            boolean required = parameter.path("required").asBoolean(false);
            if (!required && random.nextInt(3) > 0) {
                continue;
            }
            String value = name.equals("account") && random.nextInt(4) > 0
                    ? "me"
                    : one(inputs.texts(parameter.path("schema")), random);
            switch (parameter.path("in").asString("")) {
                case "path" -> path = path.replace("{" + name + "}", encoded(segment(value)));
                case "query" -> query.add(encoded(name) + "=" + encoded(value));
                default -> headers.add(Map.entry(name, value.replaceAll("[^!-~]", "x")));
            }
        }
        String type = "";
        String body = "";
        for (Map.Entry<String, JsonNode> content :
                operation.content().path("requestBody").path("content").properties()) {
            type = content.getKey();
            body = type.contains("json")
                    ? one(inputs.values(content.getValue().path("schema")), random)
                            .toString()
                    : one(inputs.texts(content.getValue().path("schema")), random);
            if (random.nextInt(10) == 0) {
                body = body.substring(0, body.length() / 2);
            }
            break;
        }
        return new Request(
                operation.method(), query.isEmpty() ? path : path + "?" + String.join("&", query), headers, type, body);
    }

    /** What the web server takes for no path, encoded or not, never gets to a service. */
    private static String segment(String value) {
        String possible = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029/\\\\;%]", "");
        return possible.isEmpty() || possible.matches("\\.+") ? "0" : possible;
    }

    private static <T> T one(Arbitrary<T> values, Random random) {
        return values.generator(GEN_SIZE).next(random).value();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
