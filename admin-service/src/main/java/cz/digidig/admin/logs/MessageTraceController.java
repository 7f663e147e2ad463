package cz.digidig.admin.logs;

import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** An address or a queue id in, the whole life of its messages out: from the logs, and from the queue what still waits. */
@PageController
class MessageTraceController {
    private static final int MOST_LINES = 500;
    private static final int MOST_MESSAGES = 20;

    private final LogFiles files;
    private final Backend backend;

    MessageTraceController(LogFiles files, Backend backend) {
        this.files = files;
        this.backend = backend;
    }

    @GetMapping("/mail/trace")
    String trace(@RequestParam(defaultValue = "") String q, @ModelAttribute("whole") boolean whole, Model model) {
        if (!whole) {
            throw new AccessDeniedException("traces are for administrators of the whole suite");
        }
        String text = q.strip();
        List<MessageLife> lives = text.isEmpty() ? List.of() : lives(text);
        Calls calls = backend.mine();
        model.addAttribute("q", text);
        model.addAttribute("lives", lives);
        model.addAttribute(
                "waiting",
                lives.stream()
                        .map(MessageLife::queueId)
                        .filter(id -> waits(calls, id))
                        .toList());
        return "pages/trace";
    }

    private List<MessageLife> lives(String text) {
        Set<String> traces = files.search(new LogSearch("", "", text, ""), MOST_LINES).stream()
                .map(LogLine::trace)
                .filter(trace -> !trace.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return traces.isEmpty()
                ? List.of()
                : MessageLife.of(files.ofTraces(traces, MOST_LINES)).stream()
                        .filter(MessageLife::isOfMail)
                        .limit(MOST_MESSAGES)
                        .toList();
    }

    private static boolean waits(Calls calls, String queueId) {
        return calls.get(Service.SMTP, "/api/queue/" + Calls.segment(queueId))
                .content()
                .isPresent();
    }
}
