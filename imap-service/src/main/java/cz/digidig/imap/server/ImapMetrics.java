package cz.digidig.imap.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is measured of sessions: how many there are, and each command by its result. */
final class ImapMetrics {
    /** How a command ended. */
    enum Result {
        OK,
        BADSYNTAX,
        REFUSED,
        UNAVAILABLE,
        BUG
    }

    private record Command(String name, Result result) {}

    private final MeterRegistry registry;
    private final @Nullable AtomicInteger sessions;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentHashMap<Command, Timer> commands = new ConcurrentHashMap<>();

    ImapMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sessions = registry.gauge("digidig.imap.sessions", count);
    }

    void opened() {
        count.incrementAndGet();
    }

    void closed() {
        count.decrementAndGet();
    }

    int sessions() {
        return sessions == null ? 0 : sessions.get();
    }

    /** A command was answered. */
    void answered(String command, Result result, long nanos) {
        commands.computeIfAbsent(new Command(command, result), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Command command) {
        return Timer.builder("digidig.imap.commands")
                .description("IMAP commands by name and result")
                .tag("command", command.name())
                .tag("result", command.result().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
