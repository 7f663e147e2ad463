package cz.digidig.common.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Starts traces, and carries them over what no call carries them over: a spool, a queue. The ids appear in the log, and go
 * along with calls to other services. Without a tracer the work is simply run.
 */
@Component
public final class Traces {
    /** The header that carries a trace (W3C Trace Context §3.2). */
    public static final String FIELD = "traceparent";

    private static final String RECORDED = "-01";

    private final Tracer tracer;
    private final Propagator propagator;
    private final double share;

    Traces(
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator,
            @Value("${management.tracing.sampling.probability:0}") double share) {
        this.share = share;
        this.tracer = tracer.getIfAvailable(() -> Tracer.NOOP);
        this.propagator = propagator.getIfAvailable(() -> Propagator.NOOP);
    }

    /** Work that may end with a checked exception. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /**
     * A {@code traceparent} for a trace that began without a span. The same share of them is recorded as of all others.
     *
     * @param trace the trace's id, 32 hexadecimal digits
     */
    public String begun(String trace) {
        String span = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
        // By the trace's id, as OpenTelemetry samples. What follows in other services follows this.
        long draw = HexFormat.fromHexDigitsToLong(trace, 16, 32) & Long.MAX_VALUE;
        boolean recorded = draw < share * Long.MAX_VALUE;
        return "00-" + trace + "-" + span + (recorded ? RECORDED : "-00");
    }

    /** As {@link #current()}, but null where the current trace is not recorded. */
    public @Nullable String recorded() {
        if (share == 0) {
            return null;
        }
        String current = current();
        return isRecorded(current) ? current : null;
    }

    /** Whether a {@code traceparent} is of a trace that is recorded (W3C Trace Context §3.2.2.5). */
    public static boolean isRecorded(@Nullable String traceparent) {
        return traceparent != null && traceparent.endsWith(RECORDED);
    }

    /** The current trace as W3C {@code traceparent} text, to be stored; null where there is none. */
    public @Nullable String current() {
        Span span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        propagator.inject(span.context(), fields, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return fields.get(FIELD);
    }

    /**
     * Runs work in a span of a stored trace, or of a new one.
     *
     * @param traceparent from {@link #current()}; null: a new trace
     * @param name of the span, e.g. {@code deliver}
     */
    public <E extends Exception> void run(@Nullable String traceparent, String name, Work<E> work) throws E {
        Span span = (traceparent == null
                        ? tracer.spanBuilder().setNoParent()
                        : propagator.extract(
                                Map.of(FIELD, traceparent), (carrier, field) -> carrier.getOrDefault(field, "")))
                .name(name)
                .start();
        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            work.run();
        } finally {
            span.end();
        }
    }
}
