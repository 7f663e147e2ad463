package cz.digidig.imap.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

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
    private final ConcurrentHashMap<Command, Timer> commands = new ConcurrentHashMap<>();

    ImapMetrics(MeterRegistry registry, OpenSessions sessions) {
        this.registry = registry;
        registry.gauge("digidig.imap.sessions", sessions, OpenSessions::count);
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
