package cz.digidig.smtp.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is said in a session with a server, where somebody wants to know; secrets are masked. One thread at a time. */
final class Dialogue {
    private static final int MOST_LINES = 300;

    private final boolean recorded;
    private final long started = System.nanoTime();
    private final Duration most;
    private final List<Trial.Line> lines = new ArrayList<>();
    private String step = "connect";

    private Dialogue(boolean recorded, Duration most) {
        this.recorded = recorded;
        this.most = most;
    }

    /** Nobody listens, and it may take as long as its steps. */
    static Dialogue unheard() {
        return new Dialogue(false, Duration.ofDays(1));
    }

    /** Recorded, and over after so long. */
    static Dialogue recorded(Duration most) {
        return new Dialogue(true, most);
    }

    /** How long a step may take, the end of all regarded. */
    Duration atMost(Duration limit) {
        Duration left = most.minusNanos(System.nanoTime() - started);
        return !recorded || left.compareTo(limit) > 0 ? limit : left.isPositive() ? left : Duration.ofMillis(1);
    }

    boolean over() {
        return System.nanoTime() - started >= most.toNanos();
    }

    /** What is tried now: {@code connect}, {@code greeting}, {@code tls}, {@code ehlo}, ... */
    void step(String name) {
        step = name;
    }

    String step() {
        return step;
    }

    void client(String text) {
        add(Trial.Who.CLIENT, text);
    }

    void server(String text) {
        add(Trial.Who.SERVER, text);
    }

    /** Something that was not said but done. */
    void note(String text) {
        add(Trial.Who.NOTE, text);
    }

    private void add(Trial.Who who, String text) {
        if (recorded && lines.size() < MOST_LINES) {
            lines.add(new Trial.Line(millis(), who, text));
        }
    }

    long millis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    List<Trial.Line> lines() {
        return List.copyOf(lines);
    }
}
