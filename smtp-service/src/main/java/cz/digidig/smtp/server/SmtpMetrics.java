package cz.digidig.smtp.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is measured of sessions: how many there are, how they end, each command and each message by its result. */
final class SmtpMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger sessions;
    private final Timer connect;
    private final ConcurrentHashMap<Command, Timer> commands = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, Timer> messages = new ConcurrentHashMap<>();

    private record Command(String verb, int code) {}

    SmtpMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sessions = registry.gauge("digidig.smtp.sessions", new AtomicInteger());
        this.connect = Timer.builder("digidig.smtp.connect")
                .description("from a connection (and its TLS handshake, where that comes first) to the greeting")
                .register(registry);
    }

    void opened() {
        sessions.incrementAndGet();
    }

    void closed(boolean tls) {
        sessions.decrementAndGet();
        Counter.builder("digidig.smtp.sessions.ended")
                .description("sessions that ended, by whether TLS was spoken")
                .tag("tls", Boolean.toString(tls))
                .register(registry)
                .increment();
    }

    /** The greeting was sent. */
    void greeted(long nanos) {
        connect.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A command was answered. */
    void answered(String verb, int code, long nanos) {
        commands.computeIfAbsent(new Command(verb, code), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A whole message was answered. */
    void message(int code, long nanos) {
        messages.computeIfAbsent(code, this::messageTimer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Command command) {
        return Timer.builder("digidig.smtp.commands")
                .description("SMTP commands by verb and reply code")
                .tag("verb", command.verb())
                .tag("code", Integer.toString(command.code()))
                .register(registry);
    }

    private Timer messageTimer(int code) {
        return Timer.builder("digidig.smtp.messages")
                .description("messages by what became of them and reply code, from DATA or the last BDAT to the reply")
                .tag("outcome", code == 250 ? "accepted" : code < 500 ? "deferred" : "refused")
                .tag("code", Integer.toString(code))
                .register(registry);
    }
}
