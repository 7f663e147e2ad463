package cz.digidig.common.health;

import cz.digidig.common.config.ServiceProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says how the service is; open to everybody, so it looks at most every two seconds. */
@RestController
@Tag(name = "Health")
class HealthController {
    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
    private static final Duration MOST_LOOK = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final ServiceProperties service;
    private final List<DependencyCheck> checks;
    private final String version;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Looked last;

    private record Looked(Map<String, DependencyState> states, long at) {}

    HealthController(
            ServiceProperties service, ObjectProvider<DependencyCheck> checks, ObjectProvider<BuildProperties> build) {
        this.service = service;
        this.checks = checks.orderedStream().toList();
        BuildProperties built = build.getIfAvailable();
        String found = built == null ? null : built.getVersion();
        this.version = found == null ? "development" : found;
    }

    @GetMapping("/api/health")
    @SecurityRequirements
    @Operation(operationId = "getHealth", summary = "How the service and what it depends on is; 503 when it is down")
    ResponseEntity<HealthReport> health() {
        Map<String, DependencyState> states = states();
        HealthStatus worst = HealthStatus.UP;
        for (DependencyCheck check : checks) {
            HealthStatus status = counted(check, states.getOrDefault(check.name(), DependencyState.UP));
            worst = status.compareTo(worst) > 0 ? status : worst;
        }
        long uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())
                .toSeconds();
        return ResponseEntity.status(worst == HealthStatus.DOWN ? 503 : 200)
                .body(new HealthReport(service.service(), worst, version, uptime, states));
    }

    private static HealthStatus counted(DependencyCheck check, DependencyState state) {
        return state.status() == HealthStatus.DOWN ? check.without() : state.status();
    }

    private Map<String, DependencyState> states() {
        Looked known = last;
        if (known != null && System.nanoTime() - known.at() < KEPT.toNanos()) {
            return known.states();
        }
        looking.lock();
        try {
            Looked now = last;
            if (now == null || System.nanoTime() - now.at() >= KEPT.toNanos()) {
                now = new Looked(look(), System.nanoTime());
                last = now;
            }
            return now.states();
        } finally {
            looking.unlock();
        }
    }

    private Map<String, DependencyState> look() {
        Map<String, DependencyState> found = new ConcurrentHashMap<>();
        List<Thread> lookers = checks.stream()
                .map(check -> Thread.ofVirtual()
                        .name("health-" + check.name())
                        .start(() -> found.put(check.name(), guarded(check))))
                .toList();
        long end = System.nanoTime() + MOST_LOOK.toNanos();
        for (Thread looker : lookers) {
            try {
                looker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            if (looker.isAlive()) {
                looker.interrupt();
            }
        }
        Map<String, DependencyState> states = new TreeMap<>(found);
        for (DependencyCheck check : checks) {
            states.putIfAbsent(check.name(), DependencyState.down("no answer in time"));
        }
        return states;
    }

    private static DependencyState guarded(DependencyCheck check) {
        try {
            return check.check();
        } catch (RuntimeException failed) {
            LOG.debug("health of {}", check.name(), failed);
            return DependencyState.down("does not answer");
        }
    }
}
