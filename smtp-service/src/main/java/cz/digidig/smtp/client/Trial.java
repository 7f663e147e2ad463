package cz.digidig.smtp.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.smtp.protocol.ReversePath;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries servers as if there were a message for them, without sending one. */
public final class Trial {
    private static final Duration STEP = Duration.ofSeconds(10);

    private final Origin origin;
    private final Duration most;

    /** Who said something. */
    public enum Who {
        @JsonProperty("client")
        CLIENT,
        @JsonProperty("server")
        SERVER,
        /** Nobody: it is what happened. */
        @JsonProperty("note")
        NOTE
    }

    /**
     * A command, a whole reply, or what happened.
     *
     * @param millis since the beginning
     * @param who said it
     * @param text without secrets
     */
    public record Line(long millis, Who who, String text) {}

    /**
     * What came of it.
     *
     * @param ok whether a message could have been sent
     * @param failedAt the step that failed: {@code lookup}, {@code connect}, {@code greeting}, {@code ehlo}, {@code
     *     starttls}, {@code tls}, {@code auth}, {@code mail}, {@code rcpt}; empty: none
     * @param reason why; empty: it did not fail
     * @param tls the version of TLS; empty: clear text
     * @param millis how long it took
     * @param dialogue all that was said
     */
    public record Result(boolean ok, String failedAt, String reason, String tls, long millis, List<Line> dialogue) {}

    /** A trial that takes so long at most. */
    public Trial(Origin origin, Duration most) {
        this.origin = origin;
        this.most = most;
    }

    /**
     * Tries one server after the other until one is fine.
     *
     * @param from who would send; null: MAIL is not tried
     * @param to who would get it; null: RCPT is not tried
     */
    public Result run(List<RemoteHost> hosts, @Nullable ReversePath from, @Nullable String to) {
        ClientLimits limits =
                new ClientLimits(STEP, STEP, STEP, STEP, STEP, STEP, STEP, STEP, STEP, Duration.ofSeconds(2), STEP, 1);
        Dialogue dialogue = Dialogue.recorded(most);
        String reason = "";
        for (RemoteHost host : hosts) {
            if (dialogue.over()) {
                break;
            }
            dialogue.step("connect");
            dialogue.note("connects to " + host + " port " + host.port());
            try {
                RemoteSession session = RemoteSession.open(host, limits, new TlsClient(), origin, dialogue);
                String tls = session.connection().protection();
                try {
                    envelope(session, from, to);
                    dialogue.step("");
                } finally {
                    session.quit();
                }
                return new Result(true, "", "", tls, dialogue.millis(), dialogue.lines());
            } catch (NoSession failed) {
                reason = failed.outcome().text();
                dialogue.note(reason);
            }
        }
        return new Result(false, dialogue.step(), reason, "", dialogue.millis(), dialogue.lines());
    }

    private static void envelope(RemoteSession session, @Nullable ReversePath from, @Nullable String to)
            throws NoSession {
        if (from == null) {
            return;
        }
        session.expect("MAIL", " FROM:<" + from + ">");
        if (to != null) {
            session.expect("RCPT", " TO:<" + to + ">");
        }
        session.expect("RSET", "");
    }
}
