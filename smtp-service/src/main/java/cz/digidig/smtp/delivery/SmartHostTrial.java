package cz.digidig.smtp.delivery;

import cz.digidig.smtp.client.Origin;
import cz.digidig.smtp.client.Trial;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Route;
import cz.digidig.smtp.settings.SmartHost;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries a smart host, as deliveries would use it. */
public final class SmartHostTrial {
    private static final Duration MOST = Duration.ofSeconds(30);

    private final MailRouting routing;
    private final Supplier<Origin> origin;

    public SmartHostTrial(MailRouting routing, Supplier<Origin> origin) {
        this.routing = routing;
        this.origin = origin;
    }

    /**
     * Looks its addresses up and talks to it up to the envelope; no message is sent. Half a minute at most after the
     * lookups.
     *
     * @param from who would send; null: the dialogue ends after the log-in
     * @param to who would get it; null: no RCPT
     */
    public Trial.Result run(SmartHost host, @Nullable ReversePath from, @Nullable String to) {
        return switch (routing.route(host)) {
            case Route.Hosts found -> new Trial(origin.get(), MOST).run(found.hosts(), from, to);
            case Route.Nowhere nowhere -> failed(nowhere.why());
            case Route.Unknown unknown -> failed(unknown.why());
        };
    }

    private static Trial.Result failed(String why) {
        return new Trial.Result(false, "lookup", why, "", 0, List.of());
    }
}
