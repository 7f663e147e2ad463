package cz.digidig.smtp.admin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.TargetState;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The queue by REST. What is done to a message counts from the next attempt on: one that runs is not stopped. */
@RestController
@RequestMapping("/api/queue")
class QueueController {
    private static final Logger LOG = LoggerFactory.getLogger(QueueController.class);

    private final Spool spool;
    private final DeliveryScheduler local;
    private final RemoteScheduler remote;
    private final Clock clock = Clock.systemUTC();

    QueueController(Spool spool, DeliveryScheduler local, RemoteScheduler remote) {
        this.spool = spool;
        this.local = local;
        this.remote = remote;
    }

    /**
     * One page of the queue.
     *
     * @param items oldest first
     * @param next what to give as {@code after} for the next page; absent on the last one
     */
    record QueuePage(List<QueueEntry> items, @Nullable String next) {}

    @GetMapping
    @Operation(summary = "Messages that wait, oldest first")
    QueuePage list(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(defaultValue = "") String after) {
        // Ids have one length, so their order as text is their order of arrival.
        List<QueuedMessage> found = spool.messages().stream()
                .filter(message -> message.id().toString().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        List<QueueEntry> page = found.stream().limit(limit).map(QueueEntry::of).toList();
        return new QueuePage(page, found.size() > limit ? page.getLast().id() : null);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One message, with what each destination's server said last")
    QueueEntry one(@PathVariable String id) {
        return QueueEntry.of(message(id));
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Try everything of a message that waits now")
    QueueEntry retry(@PathVariable String id, Authentication caller) {
        QueuedMessage message = message(id);
        long now = clock.millis();
        change(
                message,
                state -> new TargetState(TargetState.Status.PENDING, state.attempts(), now, state.diagnostic()));
        local.schedule(message);
        remote.schedule(message);
        log(message, caller, "retried");
        return QueueEntry.of(message);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Drop what waits of a message, without a report to its sender")
    void delete(@PathVariable String id, Authentication caller) {
        QueuedMessage message = message(id);
        change(message, state -> new TargetState(TargetState.Status.FAILED, state.attempts(), 0, "deleted"));
        log(message, caller, "deleted");
    }

    private QueuedMessage message(String id) {
        return QueueId.parse(id)
                .flatMap(spool::message)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "no such message waits"));
    }

    private void change(QueuedMessage message, UnaryOperator<TargetState> change) {
        Map<Integer, TargetState> changes = new HashMap<>();
        message.pending()
                .forEach(destination ->
                        changes.put(destination.index(), change.apply(message.state(destination.index()))));
        spool.record(message, changes);
    }

    private static void log(QueuedMessage message, Authentication caller, String what) {
        LOG.atInfo()
                .addKeyValue("queueId", message.id())
                .addKeyValue("caller", caller.getName())
                .log("message {} is {} by an administrator", message.id(), what);
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules queueAccess() {
            return rules -> rules.requestMatchers("/api/queue", "/api/queue/**").hasAuthority("SCOPE_admin");
        }
    }
}
