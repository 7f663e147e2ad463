package cz.digidig.smtp.spool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An accepted message that is not finished. What changes of it, the spool alone changes, under its lock. */
public final class QueuedMessage {
    /** Where the octets are: in a segment, or ({@code offset} -1) in a file of their own. */
    record Location(Segment segment, long record, int recordLength, long offset) {
        boolean before(Location other) {
            return segment == other.segment ? record < other.record : segment.number() < other.segment.number();
        }
    }

    /** One target of one recipient; its place in the list is its name in the journal. */
    public record Destination(int index, Recipient recipient, Target target) {}

    /** Measured, with the places in queues that deliveries need. */
    private static final long OF_A_MESSAGE = 600;

    private static final long OF_A_DESTINATION = 500;

    private final QueueId id;
    private final Envelope envelope;
    private final long octets;
    private final int checksum;
    private final List<Destination> destinations;
    private final TargetState[] states;
    private volatile Location location;
    /** The records that tell of attempts, those that the message's own record tells of left out. */
    private List<Location> attempts = List.of();

    private boolean finished;

    QueuedMessage(QueueId id, Envelope envelope, long octets, int checksum, Location location) {
        this.id = id;
        this.envelope = envelope;
        this.octets = octets;
        this.checksum = checksum;
        this.location = location;
        List<Destination> all = new ArrayList<>();
        for (Recipient recipient : envelope.recipients()) {
            for (Target target : recipient.targets()) {
                all.add(new Destination(all.size(), recipient, target));
            }
        }
        this.destinations = List.copyOf(all);
        this.states = new TargetState[all.size()];
        Arrays.fill(states, TargetState.FRESH);
    }

    public QueueId id() {
        return id;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** The message's size, trace header included. */
    public long octets() {
        return octets;
    }

    int checksum() {
        return checksum;
    }

    /**
     * What storage knows a repeat of this delivery by. The checksum keeps apart two messages that got the same id, which
     * takes a clock set back over a restart.
     */
    public String deliveryKey() {
        return id + "." + Integer.toHexString(checksum);
    }

    public List<Destination> destinations() {
        return destinations;
    }

    public synchronized TargetState state(int index) {
        return states[index];
    }

    /** The destinations that wait for something. */
    public synchronized List<Destination> pending() {
        return IntStream.range(0, states.length)
                .filter(i -> states[i].pending())
                .mapToObj(destinations::get)
                .toList();
    }

    /** The destinations that are not over: pending, or held. */
    public synchronized List<Destination> open() {
        return IntStream.range(0, states.length)
                .filter(i -> states[i].open())
                .mapToObj(destinations::get)
                .toList();
    }

    /** Whether a destination that is not over is of some kind; for searches: nothing is copied. */
    public synchronized boolean anyOpen(BiPredicate<Destination, TargetState> wanted) {
        for (int i = 0; i < states.length; i++) {
            if (states[i].open() && wanted.test(destinations.get(i), states[i])) {
                return true;
            }
        }
        return false;
    }

    synchronized void state(int index, TargetState state) {
        states[index] = state;
    }

    /** Whether nothing of it waits any more. */
    public synchronized boolean finished() {
        return finished;
    }

    synchronized void finish() {
        finished = true;
    }

    Location location() {
        return location;
    }

    /** Its record was written again, with what was known by then. */
    synchronized void location(Location moved) {
        location = moved;
        attempts = attempts.stream().filter(moved::before).toList();
    }

    /** A record tells of attempts. */
    synchronized void tried(Location record) {
        int most = Attempt.MOST_KEPT * destinations.size();
        attempts = Stream.concat(attempts.stream().skip(attempts.size() < most ? 0 : 1), Stream.of(record))
                .toList();
    }

    synchronized List<Location> attempts() {
        return attempts;
    }

    boolean inFile() {
        return location.offset() < 0;
    }

    /** About what it holds on the heap, in octets. */
    long heap() {
        return OF_A_MESSAGE + OF_A_DESTINATION * destinations.size();
    }

    /** How many destinations elsewhere wait, or are held. */
    long outbound() {
        return open().stream().filter(d -> d.target().elsewhere()).count();
    }
}
