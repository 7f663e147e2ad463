package cz.digidig.common.client;

import cz.digidig.common.observability.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.util.DefaultUriBuilderFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the calls of a typed client: JSON in, JSON out. Services call each other for nearly every command of a mail client,
 * and what {@link org.springframework.web.client.RestClient} does beside that for each call (converters, observations, its
 * own requests and responses) costs more than the call. What fails is a {@link ServiceFailure}.
 */
final class JsonExchange implements HttpExchangeAdapter {
    private static final ContentType JSON = ContentType.create("application/json");

    private final Peer peer;
    private final HttpHost host;
    private final DefaultUriBuilderFactory paths;
    private final HttpClient http;
    private final JsonMapper json;
    private final ProblemAnswers problems;
    private final Traces traces;
    private final @Nullable Supplier<String> token;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /** @param token of the person for whom it calls; null: the HTTP client adds this service's own */
    JsonExchange(
            Peer peer,
            URI url,
            HttpClient http,
            JsonMapper json,
            ProblemAnswers problems,
            Traces traces,
            @Nullable Supplier<String> token) {
        this.peer = peer;
        this.host = HttpHost.create(url);
        this.paths = new DefaultUriBuilderFactory(url.toString());
        this.http = http;
        this.json = json;
        this.problems = problems;
        this.traces = traces;
        this.token = token;
    }

    @Override
    public boolean supportsRequestAttributes() {
        return false;
    }

    @Override
    public void exchange(HttpRequestValues values) {
        call(values, response -> {
            EntityUtils.consume(response.getEntity());
            return true;
        });
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
        throw new UnsupportedOperationException("headers");
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        ObjectReader reader = readers.computeIfAbsent(type.getType(), of -> json.readerFor(json.constructType(of)));
        return this.<@Nullable T>call(values, response -> {
            HttpEntity body = response.getEntity();
            return body == null ? null : reader.readValue(EntityUtils.toByteArray(body));
        });
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
        throw new UnsupportedOperationException("entities");
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        throw new UnsupportedOperationException("entities");
    }

    private <R extends @Nullable Object> R call(HttpRequestValues values, HttpClientResponseHandler<R> answer) {
        BasicClassicHttpRequest request = request(values);
        try {
            return http.execute(host, request, response -> {
                if (response.getCode() >= 400) {
                    throw failure(request, response);
                }
                return answer.handleResponse(response);
            });
        } catch (IOException | JacksonException broken) {
            throw new ServiceUnavailable(peer + " broke off: " + broken.getMessage(), broken);
        }
    }

    private BasicClassicHttpRequest request(HttpRequestValues values) {
        String template = values.getUriTemplate();
        URI uri = paths.expand(template == null ? "" : template, values.getUriVariables());
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(String.valueOf(values.getHttpMethod()), host, path(uri));
        request.setHeader(HttpHeaders.ACCEPT, "application/json, application/problem+json");
        if (token != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
        }
        String trace = traces.current();
        if (trace != null) {
            request.setHeader(Traces.FIELD, trace);
        }
        Object body = values.getBodyValue();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(json.writeValueAsBytes(body), JSON));
        }
        return request;
    }

    private static String path(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private ServiceFailure failure(BasicClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        HttpEntity body = response.getEntity();
        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return problems.failure(
                request.getMethod() + " " + request.getPath(),
                response.getCode(),
                body == null ? InputStream.nullInputStream() : body.getContent(),
                retryAfter == null ? null : retryAfter.getValue());
    }
}
