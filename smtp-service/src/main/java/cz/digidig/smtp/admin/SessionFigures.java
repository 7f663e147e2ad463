package cz.digidig.smtp.admin;

import cz.digidig.common.health.StatsSource;
import cz.digidig.smtp.server.SmtpServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Sessions, messages and deliveries since the start, from the same meters that Prometheus reads. */
@Component
class SessionFigures implements StatsSource {
    private final SmtpServer server;
    private final MeterRegistry registry;

    SessionFigures(SmtpServer server, MeterRegistry registry) {
        this.server = server;
        this.registry = registry;
    }

    /**
     * Since the start.
     *
     * @param open sessions now
     * @param ended sessions that ended
     * @param endedWithTls of those, how many spoke TLS
     * @param messages whole messages by what became of them: accepted, deferred, refused
     * @param replies commands by reply code
     * @param delivered destinations elsewhere that were delivered to
     * @param deliveredWithTls of those, how many under TLS
     * @param outbound attempts for destinations elsewhere by what came of them
     * @param stages how long each stage takes: connect, data, delivery; that of the spool is in its own figures
     */
    record Figures(
            int open,
            long ended,
            long endedWithTls,
            Map<String, Long> messages,
            Map<String, Long> replies,
            long delivered,
            long deliveredWithTls,
            Map<String, Long> outbound,
            Map<String, Stage> stages) {}

    /** One stage. */
    record Stage(long count, double meanMillis, double maxMillis) {}

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public Record stats() {
        Map<String, Long> ended = byTag("digidig.smtp.sessions.ended", "tls");
        Map<String, Long> delivered = byTag("digidig.smtp.outbound.delivered", "tls");
        Map<String, Stage> stages = new TreeMap<>();
        stages.put("connect", stage("digidig.smtp.connect"));
        stages.put("data", stage("digidig.smtp.messages"));
        stages.put("delivery", stage("digidig.smtp.delivered"));
        return new Figures(
                server.sessions().open(),
                sum(ended.values()),
                ended.getOrDefault("true", 0L),
                byTag("digidig.smtp.messages", "outcome"),
                byTag("digidig.smtp.commands", "code"),
                sum(delivered.values()),
                delivered.getOrDefault("true", 0L),
                byTag("digidig.smtp.outbound", "result"),
                stages);
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Long> byTag(String meter, String tag) {
        Map<String, Long> counts = new TreeMap<>();
        for (Meter one : registry.find(meter).meters()) {
            long count =
                    switch (one) {
                        case Timer timer -> timer.count();
                        case Counter counter -> (long) counter.count();
                        default -> 0;
                    };
            String value = one.getId().getTag(tag);
            if (value != null) {
                counts.merge(value, count, Long::sum);
            }
        }
        return counts;
    }

    private Stage stage(String meter) {
        long count = 0;
        double total = 0;
        double max = 0;
        for (Timer timer : registry.find(meter).timers()) {
            count += timer.count();
            total += timer.totalTime(TimeUnit.MILLISECONDS);
            max = Math.max(max, timer.max(TimeUnit.MILLISECONDS));
        }
        return new Stage(count, count == 0 ? 0 : total / count, max);
    }
}
