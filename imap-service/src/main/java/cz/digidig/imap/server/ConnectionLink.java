package cz.digidig.imap.server;

import cz.digidig.common.net.Connection;
import cz.digidig.common.net.LineTooLong;
import cz.digidig.common.net.TlsMode;
import cz.digidig.imap.protocol.ByteSource;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ResponseWriter;
import cz.digidig.imap.session.ClientLink;
import cz.digidig.imap.session.News;
import cz.digidig.imap.session.SessionLimits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection as the session and the command reader see it. Limits how long each part of a command may take. */
final class ConnectionLink implements ClientLink, ByteSource {
    private static final int MOST_IDLE_LINE = 1024;
    /** A literal must come at this rate at least, after the time that any command has. */
    private static final long LEAST_OCTETS_PER_SECOND = 1024;

    private final Connection connection;
    private final ResponseWriter writer;
    private final SessionLimits limits;
    private final TlsMode mode;
    private final long connected = System.nanoTime();
    private boolean loggedIn;
    private boolean commandBegun;
    private @Nullable Thread waiting;
    private Runnable farewell = () -> {};

    ConnectionLink(Connection connection, TlsMode mode, ResponseWriter writer, SessionLimits limits) {
        this.mode = mode;
        this.connection = connection;
        this.writer = writer;
        this.limits = limits;
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public String address() {
        return connection.remoteAddress().getHostAddress();
    }

    @Override
    public boolean secure() {
        return connection.secure();
    }

    @Override
    public boolean offersTls() {
        return mode == TlsMode.STARTTLS && !secure();
    }

    @Override
    public boolean mayLogIn() {
        return mode == TlsMode.NONE || secure();
    }

    @Override
    public void startTls() throws IOException {
        connection.startTls();
    }

    /** What is said when the server shuts down while nothing is under way. */
    void onShutdown(Runnable words) {
        farewell = words;
        connection.onShutdown(words);
    }

    void loggedIn() {
        loggedIn = true;
    }

    /** The next line is a new command's first. */
    void expectCommand() {
        commandBegun = false;
    }

    private Duration untilLoginTime() {
        long left = limits.loginTime().toNanos() - (System.nanoTime() - connected);
        if (left <= 0) {
            throw new Farewell(null, "Log in sooner");
        }
        return Duration.ofNanos(left);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration patience() {
        Duration usual = commandBegun ? limits.commandTime() : limits.autologout();
        return loggedIn ? usual : shorter(usual, untilLoginTime());
    }

    @Override
    public byte[] readLine(int most) throws IOException {
        connection.readDeadline(patience());
        commandBegun = true;
        try {
            return connection.in().nextLine(most).octets();
        } catch (LineTooLong tooLong) {
            if (!tooLong.skipped()) {
                throw new Farewell(null, "An endless line");
            }
            throw new BadSyntax("A line is longer than " + most + " octets");
        }
    }

    @Override
    public void readExactly(long count, OutputStream sink) throws IOException {
        Duration most = limits.commandTime().plusSeconds(count / LEAST_OCTETS_PER_SECOND);
        if (!loggedIn) {
            most = shorter(most, untilLoginTime());
        }
        long deadline = System.nanoTime() + most.toNanos();
        connection.readDeadline(patience());
        connection.in().readExactly(count, new FilterOutputStream(sink) {
            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
                if (System.nanoTime() - deadline > 0) {
                    throw new Farewell(null, "A literal comes too slowly");
                }
                out.write(octets, from, length);
            }
        });
    }

    @Override
    public void requestLiteral() throws IOException {
        writer.write(new ImapResponse.Continuation("Go ahead"));
        writer.flush();
    }

    @Override
    public void awaitLine(News news) {
        // While the other thread waits, this one writes: a shutdown is told by the end of the stream.
        connection.onShutdown(() -> {});
        connection.readDeadline(limits.idleTime().plus(limits.keepAlive()));
        waiting = Thread.ofVirtual().name("idle-" + connection.id()).start(() -> feed(news));
    }

    private void feed(News news) {
        try {
            byte[] octets = connection.in().nextLine(MOST_IDLE_LINE).octets();
            news.add(new Event.Line(new String(octets, StandardCharsets.ISO_8859_1)));
        } catch (IOException ended) {
            news.add(new Event.Ended(ended));
        }
    }

    @Override
    public void stopWaiting() {
        Thread thread = waiting;
        waiting = null;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        connection.onShutdown(farewell);
    }

    @Override
    public void patience(Duration duration) {
        connection.readDeadline(duration);
    }
}
