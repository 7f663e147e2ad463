package cz.digidig.admin.overview;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Service;
import cz.digidig.admin.configuration.AdminSettings;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The dashboard, and the services in detail. */
@PageController
class DashboardController {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int WEEK = 7 * DAY;

    private final Backend backend;
    private final Collector collector;
    private final History history;
    private final Disks disks;
    private final ConfigurationStore<AdminSettings> settings;

    DashboardController(
            Backend backend,
            Collector collector,
            History history,
            Disks disks,
            ConfigurationStore<AdminSettings> settings) {
        this.backend = backend;
        this.collector = collector;
        this.history = history;
        this.disks = disks;
        this.settings = settings;
    }

    @GetMapping("/")
    String dashboard(
            @RequestParam(defaultValue = "hour") String span, @ModelAttribute("whole") boolean whole, Model model) {
        if (!whole) {
            return "redirect:/accounts";
        }
        model.addAttribute("charts", true);
        model.addAttribute("span", List.of("hour", "day", "week").contains(span) ? span : "hour");
        fill(model, span);
        return "pages/dashboard";
    }

    private void fill(Model model, String span) {
        List<ServiceState> states = collector.states();
        long now = collector.currentMinute();
        List<Sample> points =
                switch (span) {
                    case "day" -> history.last(DAY, 10, now);
                    case "week" -> history.last(WEEK, HOUR, now);
                    default -> history.last(HOUR, 1, now);
                };
        model.addAttribute("states", states);
        model.addAttribute(
                "troubled", states.stream().filter(ServiceState::isTroubled).toList());
        model.addAttribute("points", points);
        model.addAttribute("total", points.stream().reduce(new Sample(0, 0, 0, 0, 0, 0, 0), Sample::with));
        model.addAttribute("figures", collector.figures().orElse(null));
        model.addAttribute("smtp", collector.state(Service.SMTP));
        Map<String, Long> reasons = new TreeMap<>();
        collector.figures().ifPresent(figures -> reasons.putAll(figures.reasons()));
        model.addAttribute("reasons", reasons);
        model.addAttribute("disks", disks.all());
        model.addAttribute("diskWarning", settings.current().diskWarningPercent());
    }

    /** One stream of a browser's tab; it says only that there is something new. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@ModelAttribute("whole") boolean whole) {
        requireWhole(whole);
        SseEmitter emitter = new SseEmitter(0L);
        Runnable[] end = new Runnable[1];
        end[0] = collector.watch(() -> {
            try {
                emitter.send(SseEmitter.event().name("tick").data(""));
            } catch (IOException | IllegalStateException gone) {
                end[0].run();
                emitter.completeWithError(gone);
            }
        });
        emitter.onCompletion(end[0]);
        emitter.onTimeout(end[0]);
        emitter.onError(_ -> end[0].run());
        return emitter;
    }

    private static void requireWhole(boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("the state of the suite is for administrators of the whole suite");
        }
    }

    @GetMapping("/services")
    String services(@ModelAttribute("whole") boolean whole, Model model) {
        requireWhole(whole);
        model.addAttribute("states", collector.states());
        return "pages/services";
    }

    @GetMapping("/services/{key}")
    String one(@PathVariable String key, @ModelAttribute("whole") boolean whole, Model model) {
        requireWhole(whole);
        ServiceState state = collector.states().stream()
                .filter(one -> one.service().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no service of this name"));
        model.addAttribute("state", state);
        if (state.service() == Service.SMTP) {
            backend.mine()
                    .get(Service.SMTP, "/api/smtp/status")
                    .content()
                    .ifPresent(status -> model.addAttribute("server", status));
        }
        return "pages/service";
    }

    @PostMapping("/services/smtp/restart")
    String restart(@ModelAttribute("whole") boolean whole, RedirectAttributes redirect) {
        requireWhole(whole);
        switch (backend.mine().post(Service.SMTP, "/api/smtp/restart", null)) {
            case Answer.Done _ -> Toast.done(redirect, "services.restart.done");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "smtp-service");
        }
        return "redirect:/services/smtp";
    }
}
