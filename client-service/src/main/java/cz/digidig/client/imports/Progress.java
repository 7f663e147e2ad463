package cz.digidig.client.imports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is, or how it ended.
 *
 * @param files what is imported, in the words of the file's name
 * @param total how many messages there are; 0: not known yet
 * @param imported how many were stored
 * @param present how many were there already
 * @param refused how many were not taken
 * @param refusals the first of them
 * @param folder that of the last message
 * @param why the key of why it ended too early; else empty
 */
record Progress(
        State state,
        String files,
        long total,
        long imported,
        long present,
        long refused,
        List<Refusal> refusals,
        String folder,
        String why,
        @Nullable Instant ended) {
    static final int MOST_REFUSALS = 50;
    static final Progress NONE = new Progress(State.NONE, "", 0, 0, 0, 0, List.of(), "", "", null);

    Progress {
        refusals = List.copyOf(refusals);
    }

    enum State {
        NONE,
        /** Others' imports come first. */
        WAITING,
        COUNTING,
        RUNNING,
        /** Until the page is opened again by who is signed in. */
        SIGNED_OUT,
        DONE,
        CANCELLED,
        FAILED,
        /** The service ended meanwhile. */
        BROKEN_OFF;

        boolean active() {
            return switch (this) {
                case WAITING, COUNTING, RUNNING, SIGNED_OUT -> true;
                case NONE, DONE, CANCELLED, FAILED, BROKEN_OFF -> false;
            };
        }
    }

    /**
     * A message that was not taken.
     *
     * @param what its subject, or what the file calls it
     * @param key why
     * @param detail what there is to say beside that
     */
    record Refusal(String what, String key, String detail) {}

    public boolean active() {
        return state.active();
    }

    public long done() {
        return imported + present + refused;
    }

    public long rest() {
        return Math.max(0, total - done());
    }

    /** As in messages. */
    public String key() {
        return switch (state) {
            case NONE -> "import.state.none";
            case WAITING -> "import.state.waiting";
            case COUNTING -> "import.state.counting";
            case RUNNING -> "import.state.running";
            case SIGNED_OUT -> "import.state.signed-out";
            case DONE -> "import.state.done";
            case CANCELLED -> "import.state.cancelled";
            case FAILED -> why;
            case BROKEN_OFF -> "import.state.broken-off";
        };
    }

    Progress brokenOff() {
        return new Progress(State.BROKEN_OFF, files, total, imported, present, refused, refusals, folder, why, ended);
    }
}
