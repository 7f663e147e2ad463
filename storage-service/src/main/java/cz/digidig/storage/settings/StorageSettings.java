package cz.digidig.storage.settings;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * The configuration that is changed over REST.
 *
 * @param sweep how what nothing refers to any more is deleted
 * @param search how the search index is kept
 */
public record StorageSettings(
        @NotNull @Valid @Schema(title = "Deletion of what nothing refers to any more")
        Sweep sweep,

        @NotNull @Valid @Schema(title = "The search index") Search search) {
    public static final StorageSettings DEFAULTS = new StorageSettings(new Sweep(12, 24), new Search(50, 10, 30));

    /**
     * How what nothing refers to any more is deleted.
     *
     * @param everyHours from the end of one sweep to the start of the next
     * @param graceHours how long a message must have been found in no mailbox before it is deleted
     */
    public record Sweep(
            @Min(1) @Max(720) @Schema(title = "Time between sweeps, in hours")
            int everyHours,

            @Min(1) @Max(8760) @Schema(title = "Grace period before deletion, in hours")
            int graceHours) {
        public Duration every() {
            return Duration.ofHours(everyHours);
        }

        public Duration grace() {
            return Duration.ofHours(graceHours);
        }
    }

    /**
     * How the search index is kept.
     *
     * @param share of one processor's time that indexing may take
     * @param busyShare the same while mail pours in
     * @param commitSeconds how often the index is put on disk; what was not is indexed again after a crash
     */
    public record Search(
            @Min(1) @Max(100) @Schema(title = "Time of one processor for indexing, in percent")
            int share,

            @Min(1) @Max(100) @Schema(title = "The same while much mail comes, in percent")
            int busyShare,

            @Min(1) @Max(3600) @Schema(title = "Time between commits of the index, in seconds")
            int commitSeconds) {}
}
