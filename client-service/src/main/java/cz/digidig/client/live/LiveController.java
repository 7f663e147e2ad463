package cz.digidig.client.live;

import cz.digidig.common.signin.Person;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** A page's stream of hints (server-sent events). Its request's own thread writes it, and waits in between. */
@Controller
class LiveController {
    private static final byte[] CHANGED = "data:changed\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SILENCE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    /** Then the browser connects again, and has to be signed in still. */
    private static final int MOST_BEATS = 40;

    private static final int BEAT_SECONDS = 15;

    private final Changes changes;

    LiveController(Changes changes) {
        this.changes = changes;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void live(@AuthenticationPrincipal Person person, HttpServletResponse response)
            throws IOException, InterruptedException {
        Optional<Changes.Page> joined = changes.join(person.accountId());
        if (joined.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        Changes.Page page = joined.get();
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            response.getOutputStream().write(SILENCE);
            response.flushBuffer();
            for (int beat = 0; beat < MOST_BEATS && changes.isRunning(); beat++) {
                boolean changed = page.changed().tryAcquire(BEAT_SECONDS, TimeUnit.SECONDS);
                response.getOutputStream().write(changed ? CHANGED : SILENCE);
                response.flushBuffer();
            }
        } finally {
            changes.leave(person.accountId(), page);
        }
    }
}
