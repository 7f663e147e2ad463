package cz.digidig.smtp.admin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import cz.digidig.smtp.admin.QueueActions.Action;
import cz.digidig.smtp.delivery.DeliveryScheduler;
import cz.digidig.smtp.delivery.RemoteScheduler;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Spool;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The queue by REST. What is done to a message counts from the next attempt on: one that runs is not stopped. */
@RestController
@RequestMapping("/api/queue")
@Tag(name = "Queue", description = "Mail that waits")
class QueueController {
    /** The most messages that one search looks at before it answers with what it has. */
    private static final int MOST_LOOKED_AT = 200_000;

    private final Spool spool;
    private final QueueActions actions;
    private final Clock clock = Clock.systemUTC();

    QueueController(Spool spool, DeliveryScheduler local, RemoteScheduler remote) {
        this.spool = spool;
        this.actions = new QueueActions(spool, local, remote, clock);
    }

    /**
     * One page of the queue.
     *
     * @param items oldest first
     * @param next what to give as {@code after} for the next page; absent on the last one
     * @param total how many wait in all, whatever was searched for
     */
    record QueuePage(List<QueueEntry> items, @Nullable String next, int total) {}

    @GetMapping
    @Operation(
            operationId = "listQueue",
            summary = "Messages that wait, oldest first: all, or those that were searched for")
    QueuePage list(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(defaultValue = "") String after,
            @ParameterObject @Valid QueueFilter filter) {
        Collection<QueuedMessage> candidates = candidates(after, filter);
        List<QueueEntry> page = new ArrayList<>();
        Instant now = clock.instant();
        String last = "";
        int looked = 0;
        for (QueuedMessage message : candidates) {
            if (page.size() == limit || looked == MOST_LOOKED_AT) {
                return new QueuePage(page, last, spool.status().messages());
            }
            looked++;
            if (filter.matches(message, now)) {
                page.add(QueueEntry.of(message));
            }
            last = message.id().toString();
        }
        return new QueuePage(page, null, spool.status().messages());
    }

    private Collection<QueuedMessage> candidates(String after, QueueFilter filter) {
        if (filter.id() != null) {
            return QueueId.parse(filter.id().toUpperCase(Locale.ROOT))
                    .flatMap(spool::message)
                    .map(List::of)
                    .orElse(List.of());
        }
        return after.isEmpty() ? spool.messages() : spool.messagesAfter(cursor(after));
    }

    private static QueueId cursor(String after) {
        return QueueId.parse(after)
                .orElseThrow(() -> new ProblemException(ErrorCode.MALFORMED, "after is no queue id"));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getQueued",
            summary = "One message, with the last attempts for each destination and what servers said")
    QueueEntry one(@PathVariable String id) {
        return whole(message(id));
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "retryQueued",
            summary = "Try everything of a message that waits now; what is held stays so")
    QueueEntry retry(@PathVariable String id, Authentication caller) {
        return act(Action.RETRY, id, caller);
    }

    @PostMapping("/{id}/hold")
    @Operation(operationId = "holdQueued", summary = "Try nothing of a message until it is released")
    QueueEntry hold(@PathVariable String id, Authentication caller) {
        return act(Action.HOLD, id, caller);
    }

    @PostMapping("/{id}/release")
    @Operation(operationId = "releaseQueued", summary = "Try everything of a message now that was held")
    QueueEntry release(@PathVariable String id, Authentication caller) {
        return act(Action.RELEASE, id, caller);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteQueued", summary = "Drop what waits of a message, without a report to its sender")
    void delete(@PathVariable String id, Authentication caller) {
        act(Action.DELETE, id, caller);
    }

    /**
     * Something to do to many.
     *
     * @param action {@code retry}, {@code hold}, {@code release} or {@code delete}
     * @param filter which; an empty one means all
     */
    record BulkAction(
            @NotNull
            @Pattern(regexp = "retry|hold|release|delete", message = "retry, hold, release or delete")
            @Schema(allowableValues = {"retry", "hold", "release", "delete"})
            String action,

            @NotNull @Valid @Schema(description = "Which messages and destinations; {} means all")
            QueueFilter filter) {}

    @PostMapping("/actions")
    @Operation(
            operationId = "changeQueue",
            summary = "Retry, hold, release or delete everything that a filter means; {} means all",
            description = "By recipient, domain, state or text only the destinations that these fit are meant, not the"
                    + " other ones of the same message.")
    QueueActions.Count bulk(@RequestBody @Valid BulkAction bulk, Authentication caller) {
        return actions.all(Action.valueOf(bulk.action().toUpperCase(Locale.ROOT)), bulk.filter(), caller.getName());
    }

    private QueueEntry act(Action action, String id, Authentication caller) {
        QueuedMessage message = message(id);
        actions.one(action, message, caller.getName());
        return whole(message);
    }

    private QueueEntry whole(QueuedMessage message) {
        try {
            return QueueEntry.of(message, spool.attempts(message));
        } catch (IOException failed) {
            throw new UncheckedIOException("a message's attempts can't be read", failed);
        }
    }

    private QueuedMessage message(String id) {
        return QueueId.parse(id)
                .flatMap(spool::message)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "no such message waits"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules queueAccess() {
            return rules -> rules.requestMatchers("/api/queue", "/api/queue/**").hasAuthority("SCOPE_admin");
        }
    }
}
