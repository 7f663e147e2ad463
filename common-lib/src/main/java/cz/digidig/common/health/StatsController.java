package cz.digidig.common.health;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service's figures (scope {@code admin} or {@code internal}). */
@RestController
@Tag(name = "Health")
class StatsController {
    private final ObjectProvider<StatsSource> sources;

    StatsController(ObjectProvider<StatsSource> sources) {
        this.sources = sources;
    }

    @GetMapping("/api/stats")
    @Operation(operationId = "getStats", summary = "The service's figures, by part")
    Map<String, Record> stats() {
        Map<String, Record> stats = new TreeMap<>();
        sources.forEach(source -> stats.put(source.name(), source.stats()));
        return stats;
    }
}
