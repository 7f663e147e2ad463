package cz.digidig.storage.event;

import cz.digidig.common.api.storage.MailboxEvent;
import cz.digidig.common.api.storage.MessageApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The stream of events. Its request's own thread writes it, and waits in between. */
@RestController
@Tag(name = "Events", description = "What changed, as server-sent events; scope internal")
class EventController implements SmartLifecycle {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Between two writes: a mailbox that changes a thousand times a second is announced a hundred times. */
    private static final Duration GAP = Duration.ofMillis(10);

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private record Place(String account, String mailbox) {}

    private final EventHub hub;
    private final JsonMapper json;
    private volatile boolean running;

    EventController(EventHub hub, JsonMapper json) {
        this.hub = hub;
        this.json = json;
    }

    @GetMapping(path = MessageApi.EVENTS_PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "streamEvents",
            summary = "Changes of mailboxes, as server-sent events",
            description = "Each a MailboxEvent: hints, not to be relied on. What is true is told by listChanges.")
    void events(HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try (EventHub.Subscription subscription = hub.subscribe()) {
            OutputStream out = response.getOutputStream();
            out.write(COMMENT);
            response.flushBuffer();
            long silent = 0;
            while (running && !subscription.overrun()) {
                MailboxEvent event = subscription.next(LOOK);
                if (event != null) {
                    write(event, subscription, out);
                    silent = 0;
                } else {
                    silent += LOOK.toMillis();
                    if (silent < HEARTBEAT.toMillis()) {
                        continue;
                    }
                    out.write(COMMENT);
                    silent = 0;
                }
                response.flushBuffer();
                Thread.sleep(GAP);
            }
        }
    }

    /** Of what waits, the last event of each mailbox: it says all that the former ones say. */
    private void write(MailboxEvent first, EventHub.Subscription subscription, OutputStream out) throws IOException {
        Map<Place, MailboxEvent> latest = new LinkedHashMap<>();
        @Nullable MailboxEvent event = first;
        while (event != null) {
            latest.merge(new Place(event.account(), event.mailbox()), event, EventController::later);
            event = subscription.nextNow();
        }
        for (MailboxEvent each : latest.values()) {
            out.write(("data:" + json.writeValueAsString(each) + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One without a mod-sequence wins: it makes its reader ask in any case. */
    private static MailboxEvent later(MailboxEvent one, MailboxEvent other) {
        return one.modSeq() != 0 && (other.modSeq() == 0 || other.modSeq() > one.modSeq()) ? other : one;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
