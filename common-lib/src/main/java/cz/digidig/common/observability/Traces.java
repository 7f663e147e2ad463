package cz.digidig.common.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Starts traces, and carries them over what no call carries them over: a spool, a queue. The ids appear in the log, and go
 * along with calls to other services. Without a tracer the work is simply run.
 */
@Component
public final class Traces {
    private static final String FIELD = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    Traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        this.tracer = tracer.getIfAvailable(() -> Tracer.NOOP);
        this.propagator = propagator.getIfAvailable(() -> Propagator.NOOP);
    }

    /** Work that may end with a checked exception. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
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
