package cz.digidig.apidocs.trial;

import cz.digidig.apidocs.document.ApidocsProperties;
import cz.digidig.apidocs.operation.Operations;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.signin.AccessToken;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Passes a call of the page on to a service, with the token of the person who is signed in: the token never reaches the
 * browser. Only what a document describes is passed on, and only from our own page, which alone can set {@code X-Trial}.
 */
@PageController
class CallController {
    static final String MARK = "X-Trial";
    private static final Pattern JSON = Pattern.compile("application/(problem\\+)?json(;.*)?");
    private static final Logger LOG = LoggerFactory.getLogger(CallController.class);
    private static final int MOST_SENT = 10_000_000;
    private static final int MOST_BACK = 20_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<String> PASSED_ON = List.of(
            HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT, HttpHeaders.IF_MATCH, HttpHeaders.RANGE, "Idempotency-Key");
    private static final List<String> GIVEN_BACK = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.CONTENT_RANGE,
            HttpHeaders.RETRY_AFTER,
            "X-Changed-By");

    private final ApidocsProperties properties;
    private final Operations operations;
    private final AccessToken person;
    private final HttpClient http;

    CallController(ApidocsProperties properties, Operations operations, AccessToken person) {
        this.properties = properties;
        this.operations = operations;
        this.person = person;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .build();
    }

    @RequestMapping("/call/{service}/**")
    ResponseEntity<byte[]> call(
            @PathVariable String service,
            @RequestHeader(name = MARK, defaultValue = "") String mark,
            HttpServletRequest request)
            throws IOException, InterruptedException {
        URI base = properties.services().get(service);
        String path = request.getRequestURI().substring(("/call/" + service).length());
        if (mark.isEmpty() || base == null || !isDescribed(service, request.getMethod(), path)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "no document describes such a call");
        }
        String query = request.getQueryString();
        HttpRequest.Builder passed = HttpRequest.newBuilder(
                        URI.create(base.resolve("/") + path.substring(1) + (query == null ? "" : "?" + query)))
                .timeout(LONGEST)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + person.current())
                .method(request.getMethod(), BodyPublishers.ofByteArray(sent(request)));
        for (String name : PASSED_ON) {
            String value = request.getHeader(name);
            if (value != null) {
                passed.header(name, value);
            }
        }
        try {
            return given(http.send(passed.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BACK)));
        } catch (IOException away) {
            LOG.debug("a call to {} failed: {}", service, away.getMessage());
            throw new ProblemException(ErrorCode.UNAVAILABLE, "the service does not answer, or with too much");
        }
    }

    private boolean isDescribed(String service, String method, String path) {
        PathContainer container = PathContainer.parsePath(path);
        return path.startsWith("/api/")
                && operations.all().stream()
                        .anyMatch(operation -> operation.service().equals(service)
                                && operation.method().equals(method)
                                && PathPatternParser.defaultInstance
                                        .parse(operation.path())
                                        .matches(container));
    }

    private static byte[] sent(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_SENT + 1);
        if (body.length > MOST_SENT) {
            throw new ProblemException(ErrorCode.TOO_LARGE, "the page sends " + MOST_SENT + " octets at most");
        }
        return body;
    }

    /** What a mail says must not be able to act as a page of ours. */
    private static ResponseEntity<byte[]> given(HttpResponse<byte[]> answer) {
        ResponseEntity.BodyBuilder given = ResponseEntity.status(answer.statusCode())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        // No browser takes JSON for a page; everything else is offered as a file.
        if (!JSON.matcher(answer.headers().firstValue(HttpHeaders.CONTENT_TYPE).orElse(""))
                .matches()) {
            given.header(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        }
        Map<String, List<String>> fields = answer.headers().map();
        for (String name : GIVEN_BACK) {
            List<String> values = fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            given.header(name, values.toArray(String[]::new));
        }
        return given.body(answer.body());
    }
}
