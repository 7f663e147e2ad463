package cz.digidig.smtp.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is measured of sessions: how many there are, and each command by its result. */
final class SmtpMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger sessions;
    private final ConcurrentHashMap<Command, Timer> commands = new ConcurrentHashMap<>();

    private record Command(String verb, int code) {}

    SmtpMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sessions = registry.gauge("digidig.smtp.sessions", new AtomicInteger());
    }

    void opened() {
        sessions.incrementAndGet();
    }

    void closed() {
        sessions.decrementAndGet();
    }

    /** A command was answered. */
    void answered(String verb, int code, long nanos) {
        commands.computeIfAbsent(new Command(verb, code), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Command command) {
        return Timer.builder("digidig.smtp.commands")
                .description("SMTP commands by verb and reply code")
                .tag("verb", command.verb())
                .tag("code", Integer.toString(command.code()))
                .register(registry);
    }
}
