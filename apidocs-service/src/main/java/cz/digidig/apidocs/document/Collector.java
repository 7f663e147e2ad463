package cz.digidig.apidocs.document;

import cz.digidig.apidocs.configuration.ApidocsSettings;
import cz.digidig.common.config.ConfigurationStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services for their documents from time to time, on a virtual thread of its own. */
@Component
public class Collector implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int MOST_OCTETS = 8_000_000;
    private static final long NANOS = 1_000_000_000L;
    /** Until every service has given a document once. */
    private static final int FIRST_SECONDS = 3;

    private final ApidocsProperties properties;
    private final DocumentShelf shelf;
    private final ConfigurationStore<ApidocsSettings> settings;
    private final JsonMapper json;
    private final HttpClient http;
    private final Clock clock = Clock.systemUTC();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;

    Collector(
            ApidocsProperties properties,
            DocumentShelf shelf,
            ConfigurationStore<ApidocsSettings> settings,
            JsonMapper json) {
        this.properties = properties;
        this.shelf = shelf;
        this.settings = settings;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .build();
    }

    /** Whether the service gave its document at the last look. */
    public boolean answers(String service) {
        return answering.contains(service);
    }

    @Override
    public void start() {
        // Known before it runs: it goes on for as long as it is the one that is known.
        Thread fresh = Thread.ofVirtual().name("collector").unstarted(this::collect);
        thread = fresh;
        fresh.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void collect() {
        while (thread == Thread.currentThread()) {
            for (Map.Entry<String, URI> service : properties.services().entrySet()) {
                look(service.getKey(), service.getValue());
            }
            boolean complete = shelf.newest().size() == properties.services().size();
            LockSupport.parkNanos((complete ? settings.current().pollSeconds() : FIRST_SECONDS) * NANOS);
        }
    }

    private void look(String service, URI url) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/v3/api-docs"))
                    .timeout(properties.responseTimeout())
                    .header("Accept", "application/json")
                    .build();
            HttpResponse<byte[]> answer =
                    http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OCTETS));
            JsonNode content = json.readTree(answer.body());
            if (answer.statusCode() != 200 || !isOpenApi(content)) {
                throw new IOException("no OpenAPI document, but status " + answer.statusCode());
            }
            shelf.put(service, content, clock.instant());
            if (answering.add(service)) {
                LOG.info("{} gives its document", service);
            }
        } catch (IOException | JacksonException away) {
            if (answering.remove(service)) {
                LOG.warn("{} gives no document: {}", service, away.getMessage());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a look at {} failed", service);
        }
    }

    private static boolean isOpenApi(JsonNode content) {
        return content.path("openapi").asString("").startsWith("3.")
                && content.path("paths").isObject();
    }
}
