package cz.digidig.identity.internal;

import cz.digidig.common.api.identity.IdentityApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of changes (scope {@code internal}). */
@RestController
@Tag(name = "Internal", description = "For the suite's other services. Scope: internal.")
class ChangeController {
    private final ChangeStream changes;

    ChangeController(ChangeStream changes) {
        this.changes = changes;
    }

    @GetMapping(path = IdentityApi.EVENTS_PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "streamChanges",
            summary = "Changes of accounts, aliases and domains, as server-sent events")
    SseEmitter events() {
        return changes.subscribe();
    }
}
