package cz.digidig.smtp.session;

import cz.digidig.common.net.Connection;
import cz.digidig.common.net.Line;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.settings.MailListener;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's session. Owned by its connection's thread. */
public final class SmtpSession {
    private final Connection connection;
    private final MailListener listener;
    private final SmtpSettings settings;
    private final SmtpLimits limits;
    private final long deadline;
    private SessionState state = new SessionState.Fresh();
    private @Nullable Account account;
    private int logInFailures;
    private boolean ended;

    /**
     * Begins with a connection.
     *
     * @param settings as they are now; a session goes on with what it began with
     */
    public SmtpSession(Connection connection, MailListener listener, SmtpSettings settings, SmtpLimits limits) {
        this.connection = connection;
        this.listener = listener;
        this.settings = settings;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.session().toNanos();
    }

    public MailListener listener() {
        return listener;
    }

    public SmtpSettings settings() {
        return settings;
    }

    /** The largest message here, in octets. */
    public long mostOctets() {
        return settings.mostOctets(listener.role());
    }

    public SmtpLimits limits() {
        return limits;
    }

    public Connection connection() {
        return connection;
    }

    public InetAddress client() {
        return connection.remoteAddress();
    }

    public SessionState state() {
        return state;
    }

    /** Goes to another state; a transaction that is left so is dropped. */
    public void state(SessionState next) throws IOException {
        if (state instanceof SessionState.InMail left
                && !(next instanceof SessionState.InMail stays && stays.mail() == left.mail())) {
            left.mail().abandon();
        }
        state = next;
    }

    /** Ends the transaction, if there is one. */
    public void reset() throws IOException {
        if (state instanceof SessionState.InMail mail) {
            state(new SessionState.Greeted(mail.hello()));
        }
    }

    /** Who logged in; empty: nobody. */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    public void loggedIn(Account who) {
        account = who;
        logInFailures = 0;
    }

    /** Counts a failed log-in; true when there were too many. */
    public boolean logInFailed() {
        logInFailures++;
        return logInFailures >= limits.logInFailures();
    }

    /** TLS has begun: nothing of what was said before counts (RFC 3207 §4.2). */
    public void startOver() throws IOException {
        state(new SessionState.Fresh());
        account = null;
    }

    /** The hello of this session, if one was said. */
    public Optional<HelloCommand> hello() {
        return switch (state) {
            case SessionState.Fresh fresh -> Optional.empty();
            case SessionState.Greeted greeted -> Optional.of(greeted.hello());
            case SessionState.InMail mail -> Optional.of(mail.hello());
        };
    }

    /** No further command is read after the reply. */
    public void end() {
        ended = true;
    }

    public boolean ended() {
        return ended;
    }

    public void reply(SmtpReply reply) throws IOException {
        connection.out().write(reply.bytes());
    }

    /** Sends what was replied, unless more commands are here already (RFC 2920 §3.2). */
    public void flushUnlessPipelined() throws IOException {
        if (!connection.in().hasBuffered()) {
            connection.out().flush();
        }
    }

    /** The next command line. */
    public Line readCommand() throws IOException {
        waitAtMost(limits.commandIdle());
        return connection.in().nextLine(limits.commandLine());
    }

    /** A question and its answer within a command (AUTH). */
    public String ask(SmtpReply question) throws IOException {
        reply(question);
        connection.out().flush();
        waitAtMost(limits.commandIdle());
        byte[] line = connection.in().readLine(Credentials.LONGEST_MESSAGE / 3 * 4 + 4);
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    /** Sets how long the next read may take, the session's end regarded. */
    public void waitAtMost(Duration most) {
        long left = Math.max(1_000_000, deadline - System.nanoTime());
        connection.readDeadline(left < most.toNanos() ? Duration.ofNanos(left) : most);
    }
}
