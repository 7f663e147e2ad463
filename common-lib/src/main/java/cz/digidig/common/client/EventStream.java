package cz.digidig.common.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/** Reads server-sent events on a virtual thread of its own, connecting again with growing pauses. */
final class EventStream<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RestClient client;
    private final String path;
    private final ObjectReader reader;
    private final Consumer<T> onEvent;
    private final Runnable onInterrupted;
    private final Runnable onConnected;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile Duration pause = FIRST_PAUSE;

    EventStream(
            RestClient client,
            String path,
            ObjectReader reader,
            Consumer<T> onEvent,
            Runnable onInterrupted,
            Runnable onConnected) {
        this.client = client;
        this.path = path;
        this.reader = reader;
        this.onEvent = onEvent;
        this.onInterrupted = onInterrupted;
        this.onConnected = onConnected;
    }

    void start(Peer peer) {
        thread = Thread.ofVirtual().name("events-" + peer).start(this::follow);
    }

    private void follow() {
        while (!closed) {
            try {
                client.get().uri(path).accept(MediaType.TEXT_EVENT_STREAM).exchangeForRequiredValue((_, response) -> {
                    if (!response.getStatusCode().is2xxSuccessful()) {
                        throw new IOException("events answered " + response.getStatusCode());
                    }
                    connected();
                    read(response.getBody());
                    return true;
                });
            } catch (RestClientException | ServiceFailure lost) {
                LOG.debug("event stream {}: {}", path, lost.getMessage());
            }
            if (!closed) {
                rest();
            }
        }
    }

    private void connected() {
        LOG.debug("event stream {} is connected", path);
        pause = FIRST_PAUSE;
        guarded(onConnected);
    }

    private void rest() {
        long nanos = pause.toNanos();
        LockSupport.parkNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2));
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** The fields in use of an event stream: data and comments. */
    private void read(InputStream body) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            StringBuilder data = new StringBuilder();
            String line = lines.readLine();
            while (line != null && !closed) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        deliver(data.toString());
                        data.setLength(0);
                    }
                } else if (line.startsWith("data:")) {
                    data.append(line, 5, line.length());
                }
                line = lines.readLine();
            }
        } finally {
            if (!closed) {
                guarded(onInterrupted);
            }
        }
    }

    private void deliver(String data) {
        try {
            T event = reader.readValue(data);
            guarded(() -> onEvent.accept(event));
        } catch (JacksonException unknown) {
            LOG.atWarn().setCause(unknown).log("an event of {} can't be read", path);
            guarded(onInterrupted);
        }
    }

    private void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a listener to {} failed", path);
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            // Ends the read that it waits in.
            running.interrupt();
        }
    }
}
