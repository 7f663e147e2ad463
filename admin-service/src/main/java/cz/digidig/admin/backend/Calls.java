package cz.digidig.admin.backend;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls under one token. Immutable, for any thread. */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int MOST_BODY = 16 * 1024 * 1024;
    private static final int MOST_TEXT = 64 * 1024;
    private static final ContextSnapshotFactory CONTEXTS =
            ContextSnapshotFactory.builder().build();

    private final Map<Service, URI> services;
    private final RestClient http;
    private final JsonMapper json;
    private final String token;

    Calls(Map<Service, URI> services, RestClient http, JsonMapper json, String token) {
        this.services = services;
        this.http = http;
        this.json = json;
        this.token = token;
    }

    /** A value as one segment of a path. */
    public static String segment(String value) {
        return UriUtils.encodePathSegment(value, StandardCharsets.UTF_8).replace("+", "%2B");
    }

    /**
     * What is to be read.
     *
     * @param path encoded
     * @param query by name; empty values are left out
     */
    public record Wanted(Service service, String path, Map<String, String> query) {
        public Wanted(Service service, String path) {
            this(service, path, Map.of());
        }
    }

    /** Reads side by side, in the trace of this thread; the answers are in the order of what was wanted. */
    public List<Answer> get(List<Wanted> wanted) {
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads =
                ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(), CONTEXTS::captureAll)) {
            wanted.forEach(one -> answers.add(threads.submit(() -> get(one.service(), one.path(), one.query()))));
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    public Answer get(Service service, String path) {
        return get(service, path, Map.of());
    }

    /**
     * Reads.
     *
     * @param path encoded
     * @param query by name; empty values are left out
     */
    public Answer get(Service service, String path, Map<String, String> query) {
        return send(service, HttpMethod.GET, path, query, null, null);
    }

    /** Reads what is text and open to everybody; empty where there is none, or the service does not answer. */
    public Optional<String> text(Service service, String path, Map<String, String> query) {
        URI base = services.get(service);
        if (base == null) {
            return Optional.empty();
        }
        try {
            String text = http.get()
                    .uri(uri(base, path, query))
                    .exchangeForRequiredValue(
                            (_, response) -> response.getStatusCode().is2xxSuccessful()
                                    ? new String(response.getBody().readNBytes(MOST_TEXT), StandardCharsets.UTF_8)
                                    : "");
            return Optional.of(text).filter(found -> !found.isEmpty());
        } catch (RestClientException gone) {
            LOG.debug("GET {} {}: {}", service, path, gone.getMessage());
            return Optional.empty();
        }
    }

    public Answer post(Service service, String path, @Nullable JsonNode body) {
        return send(service, HttpMethod.POST, path, Map.of(), body, null);
    }

    public Answer patch(Service service, String path, JsonNode body) {
        return send(service, HttpMethod.PATCH, path, Map.of(), body, null);
    }

    public Answer delete(Service service, String path) {
        return send(service, HttpMethod.DELETE, path, Map.of(), null, null);
    }

    /**
     * Replaces what has an ETag.
     *
     * @param ifMatch the one that the change was made from
     */
    public Answer put(Service service, String path, JsonNode body, String ifMatch) {
        return send(service, HttpMethod.PUT, path, Map.of(), body, ifMatch);
    }

    /** Replaces what has no ETag. */
    public Answer put(Service service, String path, JsonNode body) {
        return send(service, HttpMethod.PUT, path, Map.of(), body, null);
    }

    /** A POST that counts only for what the ETag names. */
    public Answer restore(Service service, String path, String ifMatch) {
        return send(service, HttpMethod.POST, path, Map.of(), null, ifMatch);
    }

    private Answer send(
            Service service,
            HttpMethod method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode body,
            @Nullable String ifMatch) {
        URI base = services.get(service);
        if (base == null) {
            return new Answer.Away(service.fullName() + " is not part of this installation");
        }
        try {
            RestClient.RequestBodySpec request = http.method(method).uri(uri(base, path, query));
            if (!token.isEmpty()) {
                request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
            }
            if (ifMatch != null) {
                request.header(HttpHeaders.IF_MATCH, ifMatch);
            }
            if (body != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(body));
            }
            return request.exchangeForRequiredValue((_, response) -> read(response));
        } catch (RestClientException gone) {
            LOG.debug("{} {} {}: {}", method, service, path, gone.getMessage());
            return new Answer.Away(String.valueOf(gone.getMessage()));
        }
    }

    private static URI uri(URI base, String path, Map<String, String> query) {
        UriComponentsBuilder builder = UriComponentsBuilder.fromUriString(base + path);
        query.forEach((name, value) -> {
            if (!value.isEmpty()) {
                builder.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        });
        return builder.build(true).toUri();
    }

    private Answer read(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        JsonNode body = body(response);
        if (status < 300) {
            return new Answer.Done(body, response.getHeaders().getETag());
        }
        if (status == 502 || status == 503 || status == 504) {
            return new Answer.Away(body.path("detail").asString("status " + status));
        }
        List<Answer.FieldError> fields = new ArrayList<>();
        for (JsonNode one : body.path("errors")) {
            fields.add(new Answer.FieldError(
                    one.path("field").asString(""), one.path("message").asString("")));
        }
        return new Answer.Refused(status, body.path("detail").asString("status " + status), fields);
    }

    private JsonNode body(ClientHttpResponse response) throws IOException {
        try (InputStream stream = response.getBody()) {
            byte[] bytes = stream.readNBytes(MOST_BODY);
            return bytes.length == 0 ? MissingNode.getInstance() : json.readTree(bytes);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }
}
