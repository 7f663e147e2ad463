package cz.digidig.admin.overview;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.admin.configuration.AdminSettings;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.config.ConfigurationStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Looks at the services from time to time, on a virtual thread of its own, and tells whoever watches. */
@Component
class Collector implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final long NANOS = 1_000_000_000L;
    private static final long MILLIS_A_MINUTE = 60_000;

    private final Backend backend;
    private final ServiceClients clients;
    private final History history;
    private final ConfigurationStore<AdminSettings> settings;
    private final Clock clock = Clock.systemUTC();
    private final Map<Service, ServiceState> states = new ConcurrentHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile @Nullable MailFigures figures;
    private volatile @Nullable MailFigures atMinute;
    private volatile long minute;
    private volatile @Nullable Thread thread;

    Collector(Backend backend, ServiceClients clients, History history, ConfigurationStore<AdminSettings> settings) {
        this.backend = backend;
        this.clients = clients;
        this.history = history;
        this.settings = settings;
    }

    /** What was last seen of every service. */
    List<ServiceState> states() {
        return backend.services().stream().map(this::state).toList();
    }

    ServiceState state(Service service) {
        return states.getOrDefault(service, new ServiceState(service, "UNKNOWN", "", 0, Instant.EPOCH, List.of()));
    }

    /** The mail flow's counters; empty while smtp has not answered yet. */
    Optional<MailFigures> figures() {
        return Optional.ofNullable(figures);
    }

    long currentMinute() {
        return clock.millis() / MILLIS_A_MINUTE;
    }

    /** Calls a watcher after each look, until the result is run. */
    Runnable watch(Runnable watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
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
            LockSupport.unpark(running);
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void collect() {
        while (thread == Thread.currentThread()) {
            try {
                look();
                sample();
                watchers.forEach(Runnable::run);
            } catch (RuntimeException bug) {
                LOG.atError().setCause(bug).log("a look at the services failed");
            }
            LockSupport.parkNanos(settings.current().pollSeconds() * NANOS);
        }
    }

    private void look() {
        Calls calls = backend.open();
        Map<Service, Thread> looks = new EnumMap<>(Service.class);
        for (Service service : backend.services()) {
            looks.put(
                    service,
                    Thread.ofVirtual()
                            .name("look-" + service.key())
                            .start(() -> states.put(service, seen(service, calls.get(service, "/api/health")))));
        }
        looks.values().forEach(Collector::await);
    }

    private static void await(Thread look) {
        try {
            look.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private ServiceState seen(Service service, Answer answer) {
        ServiceState before = state(service);
        ServiceState now = answer.content()
                .filter(health -> health.has("status"))
                .map(health -> up(service, health))
                .orElseGet(() -> new ServiceState(service, "DOWN", before.version(), 0, clock.instant(), List.of()));
        return now.status().equals(before.status())
                ? new ServiceState(service, now.status(), now.version(), now.uptime(), before.since(), now.parts())
                : now;
    }

    private ServiceState up(Service service, JsonNode health) {
        List<ServiceState.Part> parts = new ArrayList<>();
        for (String name : health.path("dependencies").propertyNames()) {
            JsonNode part = health.path("dependencies").path(name);
            parts.add(new ServiceState.Part(
                    name,
                    part.path("status").asString("UNKNOWN"),
                    part.path("detail").asString("")));
        }
        return new ServiceState(
                service,
                health.path("status").asString("UNKNOWN"),
                health.path("version").asString(""),
                health.path("uptime").asLong(0),
                clock.instant(),
                parts);
    }

    private void sample() {
        if (!backend.services().contains(Service.SMTP)) {
            return;
        }
        try {
            String text = clients.rest(backend.url(Service.SMTP).orElseThrow())
                    .get()
                    .uri("/actuator/prometheus")
                    .retrieve()
                    .body(String.class);
            MailFigures now = MailFigures.parse(text == null ? "" : text);
            figures = now;
            MailFigures before = atMinute;
            if (before == null) {
                atMinute = now;
                minute = currentMinute();
            } else if (currentMinute() > minute) {
                history.add(now.since(before, currentMinute() - 1));
                atMinute = now;
                minute = currentMinute();
            }
        } catch (ServiceFailure | RestClientException away) {
            LOG.debug("no figures of smtp: {}", away.getMessage());
        }
    }
}
