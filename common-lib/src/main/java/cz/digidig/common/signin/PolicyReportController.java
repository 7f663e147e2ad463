package cz.digidig.common.signin;

import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What browsers report that a page's policy stopped (Content Security Policy Level 2 §4.4): it is logged, because what is
 * shown is cleaned before and nothing should be left to stop. Anybody can send a report, so few of them are told.
 */
@PageController
@ConditionalOnSignIn
class PolicyReportController {
    static final String PATH = "/policy-reports";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReportController.class);
    private static final int LARGEST = 8 << 10;
    private static final int LONGEST = 200;
    private static final int MOST_A_MINUTE = 10;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final JsonMapper json;
    private final ReentrantLock lock = new ReentrantLock();
    private long minute = System.nanoTime();
    private int told;

    PolicyReportController(JsonMapper json) {
        this.json = json;
    }

    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void report(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST);
        if (!isToBeTold()) {
            return;
        }
        try {
            JsonNode report = json.readTree(body).path("csp-report");
            if (report.isObject()) {
                LOG.warn(
                        "A browser stopped what a page's policy forbids: {} of {} in {}",
                        field(report, "effective-directive"),
                        field(report, "blocked-uri"),
                        field(report, "document-uri"));
            }
        } catch (JacksonException unreadable) {
            LOG.debug("a policy report can't be read", unreadable);
        }
    }

    private static String field(JsonNode report, String name) {
        String value = report.path(name).asString("").replaceAll("\\p{Cntrl}+", " ");
        return value.substring(0, Math.min(LONGEST, value.length()));
    }

    private boolean isToBeTold() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - minute > MINUTE) {
                minute = now;
                told = 0;
            }
            return ++told <= MOST_A_MINUTE;
        } finally {
            lock.unlock();
        }
    }
}
