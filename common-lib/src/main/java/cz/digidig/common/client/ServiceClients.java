package cz.digidig.common.client;

import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.storage.MailboxApi;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.observability.Traces;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Typed clients of the other services, under this service's own token. Safe for any number of threads. */
@Lazy
@Component
public final class ServiceClients implements AutoCloseable {
    private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofMilliseconds(500);
    private static final TimeValue MOST_IDLE = TimeValue.ofSeconds(30);

    private final ClientProperties properties;
    private final PoolingHttpClientConnectionManager connections;
    private final JsonMapper json;
    private final RestClient.Builder calls;
    private final ProblemAnswers problems;
    private final Traces traces;
    private final CloseableHttpClient open;
    private final CloseableHttpClient authorized;

    ServiceClients(
            ClientProperties properties,
            ServiceProperties service,
            ServiceSecret secret,
            RestClient.Builder calls,
            JsonMapper json,
            Traces traces) {
        this.properties = properties;
        // A newer service may answer with more fields than this one knows.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.calls = calls;
        this.traces = traces;
        this.problems = new ProblemAnswers(this.json);
        this.connections = connections(properties);
        this.open = httpClient((request, scope, chain) -> chain.proceed(request, scope));
        ServiceToken token =
                new ServiceToken(restClient(Peer.IDENTITY, open), service.service(), secret.value(), Clock.systemUTC());
        this.authorized = httpClient(new TokenExchange(token));
    }

    private static PoolingHttpClientConnectionManager connections(ClientProperties properties) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(properties.connections())
                .setMaxConnTotal(properties.connections() * Peer.values().length)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(properties.connectTimeout()))
                        .setSocketTimeout(timeout(properties.responseTimeout()))
                        .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                        .build())
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CloseableHttpClient httpClient(ExecChainHandler around) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(properties.connectTimeout()))
                        .setResponseTimeout(timeout(properties.responseTimeout()))
                        .build())
                .addExecInterceptorFirst("reachable", (request, scope, chain) -> {
                    try {
                        return chain.proceed(request, scope);
                    } catch (IOException failed) {
                        throw new ServiceUnavailable(
                                request.getAuthority() + " does not answer: " + failed.getMessage(), failed);
                    }
                })
                .addExecInterceptorLast("token", around)
                .evictIdleConnections(MOST_IDLE)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    private RestClient restClient(Peer peer, CloseableHttpClient http) {
        return restClient(properties.url(peer).toString(), http);
    }

    private RestClient restClient(String url, CloseableHttpClient http) {
        return calls.clone()
                .baseUrl(url)
                .requestFactory(new HttpComponentsClientHttpRequestFactory(http))
                .configureMessageConverters(
                        converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
                .defaultStatusHandler(HttpStatusCode::isError, problems::raise)
                .build();
    }

    private <T> T typed(Peer peer, Class<T> contract) {
        return typed(peer, contract, authorized, null);
    }

    private <T> T typed(Peer peer, Class<T> contract, CloseableHttpClient http, @Nullable Supplier<String> token) {
        return HttpServiceProxyFactory.builderFor(
                        new JsonExchange(peer, properties.url(peer), http, json, problems, traces, token))
                .build()
                .createClient(contract);
    }

    public IdentityApi identity() {
        return typed(Peer.IDENTITY, IdentityApi.class);
    }

    public MailboxApi mailboxes() {
        return typed(Peer.STORAGE, MailboxApi.class);
    }

    public MessageApi messages() {
        return typed(Peer.STORAGE, MessageApi.class);
    }

    /**
     * For what streams: bodies are neither read ahead nor held. A broken body surfaces as an {@link IOException} or a
     * {@link org.springframework.web.client.RestClientException}, everything before it as a {@link ServiceFailure}.
     */
    public RestClient storageRest() {
        return restClient(Peer.STORAGE, authorized);
    }

    /** Calls of a service by its URL, under this service's own token; what fails is a {@link ServiceFailure}. */
    public RestClient rest(URI service) {
        return restClient(service.toString(), authorized);
    }

    /**
     * Calls of a service under the token of the person whose request is being answered; what fails is a
     * {@link ServiceFailure}.
     *
     * @param token asked for at every call, on the thread that makes it
     */
    public RestClient personal(URI service, Supplier<String> token) {
        return restClient(service.toString(), open)
                .mutate()
                .requestInitializer(request -> request.getHeaders().setBearerAuth(token.get()))
                .build();
    }

    /** As {@link #personal(URI, Supplier)}, typed. */
    public <T> T personal(Peer peer, Class<T> contract, Supplier<String> token) {
        return typed(peer, contract, open, token);
    }

    /**
     * Follows a stream of server-sent events for as long as the result is not closed, connecting again by itself.
     *
     * @param path e.g. {@link MessageApi#EVENTS_PATH}
     * @param onInterrupted called whenever events may have been missed: when the stream is lost, and each time when it
     *     is there (again)
     */
    public <T> AutoCloseable events(
            Peer peer, String path, Class<T> type, Consumer<T> onEvent, Runnable onInterrupted) {
        return events(peer, path, type, onEvent, onInterrupted, onInterrupted);
    }

    /**
     * As above, for who must know whether the stream stands.
     *
     * @param onInterrupted called when the stream is lost, and when an event could not be read
     * @param onConnected called each time when it is there (again); events may have been missed before
     */
    public <T> AutoCloseable events(
            Peer peer, String path, Class<T> type, Consumer<T> onEvent, Runnable onInterrupted, Runnable onConnected) {
        HttpComponentsClientHttpRequestFactory patient = new HttpComponentsClientHttpRequestFactory(authorized);
        patient.setReadTimeout(properties.eventSilence());
        RestClient client = RestClient.builder()
                .baseUrl(properties.url(peer).toString())
                .requestFactory(patient)
                .build();
        EventStream<T> stream =
                new EventStream<>(client, path, json.readerFor(type), onEvent, onInterrupted, onConnected);
        stream.start(peer);
        return stream;
    }

    /** A health check that asks whether a service answers; {@code without}: what its absence means for this one. */
    public DependencyCheck check(Peer peer, HealthStatus without) {
        return new PeerCheck(peer, without, restClient(peer, open));
    }

    @Override
    public void close() throws IOException {
        authorized.close();
        open.close();
        connections.close();
    }
}
