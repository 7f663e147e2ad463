package cz.digidig.storage.quiesce;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import cz.digidig.storage.database.WriteGate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Holds this process's writes while a backup copies the database. */
@RestController
@Tag(name = "Backup", description = "Standing still for a backup; scope admin or internal")
class QuiesceController {
    private static final Logger LOG = LoggerFactory.getLogger(QuiesceController.class);
    private static final String PATH = "/api/internal/quiesce";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final WriteGate gate;
    private final Clock clock;

    /** How long at most; whoever asked may have died. */
    record Request(@Min(1) @Max(3600) int seconds) {}

    /**
     * What holds now.
     *
     * @param id ends it
     * @param until when it ends by itself
     */
    record Hold(String id, Instant until) {}

    QuiesceController(WriteGate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    @PostMapping(PATH)
    @Operation(
            summary = "No write from now on, until it is ended or its time is over",
            description =
                    "Answers when the writes under way have ended. Reading goes on; who writes waits up to 20 s, and"
                            + " is then told to try again. 409: it stands still for somebody else, or writes do not end.")
    Hold hold(@Valid @RequestBody Request request) throws InterruptedException {
        Duration most = Duration.ofSeconds(request.seconds());
        Instant until = clock.instant().plus(most);
        long hold = gate.hold(most, PATIENCE);
        if (hold == 0) {
            throw new ProblemException(ErrorCode.CONFLICT, "writes are held already, or those under way do not end");
        }
        LOG.info("writes are held, {} s at most", request.seconds());
        return new Hold(Long.toString(hold), until);
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Writes go on",
            description = "204: none happened since the answer to POST. 409: its time was over before; what was copied"
                    + " meanwhile may not be of one moment.")
    void release(@PathVariable long id) {
        if (!gate.release(id)) {
            throw new ProblemException(ErrorCode.CONFLICT, "the time was over before");
        }
        LOG.info("writes go on");
    }

    @Bean
    static AccessRules quiesceRules() {
        return rules -> rules.requestMatchers(PATH, PATH + "/*").hasAnyAuthority("SCOPE_admin", "SCOPE_internal");
    }
}
