package cz.digidig.smtp.spool;

/**
 * How far the delivery to one target is.
 *
 * @param status pending until it is over
 * @param attempts how many were made
 * @param nextAttempt not before this time, milliseconds of the epoch; 0: at once
 * @param diagnostic the last answer or trouble, for reports and the queue view; empty: none
 */
public record TargetState(Status status, int attempts, long nextAttempt, String diagnostic) {
    /** Not tried yet. */
    public static final TargetState FRESH = new TargetState(Status.PENDING, 0, 0, "");

    /** Of a diagnostic that is on the heap as long as a message waits; the attempts on disk have all of it. */
    private static final int LONGEST_KEPT = 250;

    /** Whether it is over, and how. */
    public enum Status {
        PENDING,
        /** An administrator wants it to wait until it is released. */
        HELD,
        DELIVERED,
        FAILED
    }

    /** Whether it is to be tried when its time comes. */
    public boolean pending() {
        return status == Status.PENDING;
    }

    /** Whether it is not over: pending, or held. */
    public boolean open() {
        return status == Status.PENDING || status == Status.HELD;
    }

    /** The same with no more of the diagnostic than very many messages can keep on the heap, and one instance of it. */
    TargetState brief(Shared<String> texts) {
        String kept = diagnostic.length() <= LONGEST_KEPT ? diagnostic : diagnostic.substring(0, LONGEST_KEPT) + "...";
        return new TargetState(status, attempts, nextAttempt, texts.of(kept));
    }

    /** The same with another status. */
    public TargetState as(Status other) {
        return new TargetState(other, attempts, nextAttempt, diagnostic);
    }
}
