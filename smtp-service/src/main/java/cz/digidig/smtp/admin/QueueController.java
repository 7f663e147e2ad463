package cz.digidig.smtp.admin;

import cz.digidig.common.security.AccessRules;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Spool;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The queue by REST. */
@RestController
@RequestMapping("/api/queue")
class QueueController {
    private final Spool spool;

    QueueController(Spool spool) {
        this.spool = spool;
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

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules queueAccess() {
            return rules -> rules.requestMatchers("/api/queue", "/api/queue/**").hasAuthority("SCOPE_admin");
        }
    }
}
