package cz.digidig.admin.backup;

import cz.digidig.admin.backend.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the agent last told.
 *
 * @param seenAt when
 * @param folder where the archives are, on its machine
 * @param running what is under way; null: nothing
 * @param archives the newest first
 * @param results what came of the last requests, the newest first
 */
record AgentState(
        Instant seenAt, String folder, @Nullable Running running, List<Archive> archives, List<Result> results) {
    /**
     * An agent that was not seen for so long does not run: one without end speaks every 20 s, a timer calls once a
     * minute.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    AgentState {
        archives = List.copyOf(archives);
        results = List.copyOf(results);
    }

    /**
     * A request that is being done.
     *
     * @param archive the archive that is meant; empty: none
     * @param by the address of who asked
     * @param since when it was begun; null: not known
     */
    record Running(
            Verb verb, String archive, String by, @Nullable Instant since) {}

    /**
     * What came of a request.
     *
     * @param archive the archive that was meant or made; empty: none
     * @param by the address of who asked
     * @param ended when; null: not known
     * @param good whether it was done
     * @param words why not
     */
    record Result(
            Verb verb, String archive, String by, @Nullable Instant ended, boolean good, String words) {}

    /** Empty for what no agent wrote. */
    static Optional<AgentState> of(JsonNode state) {
        Instant seenAt = Moments.of(state.path("seenAt"));
        if (seenAt == null) {
            return Optional.empty();
        }
        List<Archive> archives = new ArrayList<>();
        state.path("archives").forEach(one -> Archive.of(one).ifPresent(archives::add));
        List<Result> results = new ArrayList<>();
        state.path("results").forEach(one -> verb(one)
                .ifPresent(verb -> results.add(new Result(
                        verb,
                        name(one.path("archive")),
                        name(one.path("by")),
                        Moments.of(one.path("ended")),
                        "done".equals(one.path("outcome").asString("")),
                        one.path("words").asString("")))));
        JsonNode job = state.path("running");
        Running running = verb(job)
                .map(verb -> new Running(
                        verb, name(job.path("archive")), name(job.path("by")), Moments.of(job.path("since"))))
                .orElse(null);
        return Optional.of(new AgentState(seenAt, state.path("folder").asString(""), running, archives, results));
    }

    private static Optional<Verb> verb(JsonNode job) {
        return Verb.of(job.path("verb").asString(""));
    }

    /** The agent writes a dash for nothing. */
    private static String name(JsonNode text) {
        String name = text.asString("");
        return name.equals("-") ? "" : name;
    }

    /** Whether it seems to have ended; a restore keeps it silent as long as it takes. */
    boolean away(Instant now) {
        return running == null && Duration.between(seenAt, now).compareTo(PATIENCE) > 0;
    }

    Optional<Archive> archive(String name) {
        return archives.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
