package cz.digidig.smtp.client;

import cz.digidig.smtp.client.RemoteHost.Login;
import cz.digidig.smtp.client.RemoteHost.Start;
import cz.digidig.smtp.protocol.EnhancedStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with a server, from its greeting on: hello, TLS, log-in. One thread at a time. */
final class RemoteSession {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSession.class);

    private static final String MASK = "********";

    private final RemoteHost host;
    private final ClientLimits limits;
    private final RemoteConnection connection;
    private final Origin origin;
    private final Dialogue dialogue;
    private Capabilities capabilities = Capabilities.NONE;
    private int messages;

    private RemoteSession(
            RemoteHost host, ClientLimits limits, RemoteConnection connection, Origin origin, Dialogue dialogue) {
        this.host = host;
        this.dialogue = dialogue;
        this.origin = origin;
        this.limits = limits;
        this.connection = connection;
    }

    /**
     * Connects, and goes on until a message can be sent. Where TLS is welcome but does not work, in clear text.
     *
     * @param origin how this server appears
     */
    static RemoteSession open(RemoteHost host, ClientLimits limits, TlsClient tls, Origin origin) throws NoSession {
        return open(host, limits, tls, origin, Dialogue.unheard());
    }

    /** The same, with somebody who listens. */
    static RemoteSession open(RemoteHost host, ClientLimits limits, TlsClient tls, Origin origin, Dialogue dialogue)
            throws NoSession {
        try {
            return open(host, limits, tls, origin, host.security().start(), dialogue);
        } catch (NoSession failed) {
            if (failed.tlsFailed() && host.security().start() == Start.OPPORTUNISTIC) {
                dialogue.note("once more, in clear text");
                return open(host, limits, tls, origin, Start.NEVER, dialogue);
            }
            throw failed;
        }
    }

    private static RemoteSession open(
            RemoteHost host, ClientLimits limits, TlsClient tls, Origin origin, Start start, Dialogue dialogue)
            throws NoSession {
        RemoteConnection connection;
        try {
            connection =
                    RemoteConnection.open(host, origin.sourceFor(host.address()), dialogue.atMost(limits.connect()));
        } catch (IOException failed) {
            throw new NoSession(new Outcome.Deferred(
                    EnhancedStatus.NO_ANSWER,
                    host + " port " + host.port() + " can't be reached: " + failed.getMessage()));
        }
        RemoteSession session = new RemoteSession(host, limits, connection, origin, dialogue);
        try {
            session.begin(tls, start);
            return session;
        } catch (NoSession failed) {
            session.close();
            throw failed;
        }
    }

    private void begin(TlsClient tls, Start start) throws NoSession {
        if (start == Start.IMPLICIT) {
            startTls(tls);
        }
        dialogue.step("greeting");
        RemoteReply greeting = read("the greeting", limits.greeting());
        if (greeting.code() != 220) {
            throw refused("on connection", greeting);
        }
        hello(origin.name());
        boolean wanted = start == Start.OPPORTUNISTIC || start == Start.STARTTLS;
        if (wanted && capabilities.startTls()) {
            RemoteReply go = command("STARTTLS", "", limits.hello());
            if (go.code() == 220) {
                startTls(tls);
                hello(origin.name());
            } else if (start == Start.STARTTLS) {
                throw new NoSession(new Outcome.Deferred(EnhancedStatus.TLS_TROUBLE, said("STARTTLS", go)));
            }
        } else if (start == Start.STARTTLS) {
            dialogue.step("starttls");
            throw new NoSession(
                    new Outcome.Deferred(EnhancedStatus.TLS_TROUBLE, host + " offers no STARTTLS, which is required"));
        }
        Login login = host.login();
        if (login != null) {
            dialogue.step("auth");
            // In clear text only where the administrator said so.
            if (connection.protection().isEmpty() && host.security().start() != Start.NEVER) {
                throw new NoSession(new Outcome.Deferred(
                        EnhancedStatus.TLS_TROUBLE, host + " has no TLS: no password is sent in clear text"));
            }
            logIn(login);
        }
    }

    private void startTls(TlsClient tls) throws NoSession {
        try {
            dialogue.step("tls");
            connection.startTls(host, tls, dialogue.atMost(limits.tlsHandshake()));
            dialogue.note(connection.protection() + " began");
        } catch (IOException failed) {
            String why = host + " and this server can't agree on TLS: " + connection.reason(failed);
            throw new NoSession(new Outcome.Deferred(EnhancedStatus.TLS_TROUBLE, why), true);
        }
    }

    /** EHLO, or HELO where that is not known (RFC 5321 §3.2). */
    private void hello(String name) throws NoSession {
        RemoteReply reply = command("EHLO", " " + name, limits.hello());
        if (reply.positive()) {
            capabilities = Capabilities.of(reply);
            return;
        }
        if (reply.transientFailure()) {
            throw refused("to EHLO", reply);
        }
        capabilities = Capabilities.NONE;
        RemoteReply old = command("HELO", " " + name, limits.hello());
        if (!old.positive()) {
            throw refused("to HELO", old);
        }
    }

    /** A log-in that fails is our own administrator's mistake, most likely: mail waits until it is mended. */
    private void logIn(Login login) throws NoSession {
        Set<String> ways = capabilities.logIns();
        RemoteReply reply;
        if (ways.contains("PLAIN")) {
            reply = command("AUTH", " PLAIN " + base64("\0" + login.user() + "\0" + login.password()), limits.hello());
        } else if (ways.contains("LOGIN")) {
            reply = command("AUTH", " LOGIN", limits.hello());
            if (reply.code() == 334) {
                reply = command("", base64(login.user()), limits.hello());
            }
            if (reply.code() == 334) {
                reply = command("", base64(login.password()), limits.hello());
            }
        } else {
            throw new NoSession(
                    new Outcome.Deferred(EnhancedStatus.PROTOCOL_TROUBLE, host + " offers no log-in that is known"));
        }
        if (!reply.positive()) {
            throw new NoSession(new Outcome.Deferred(new EnhancedStatus(4, 7, 8), said("AUTH", reply)));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private NoSession refused(String when, RemoteReply reply) {
        String text = host + " said " + when + ": " + reply.text();
        return new NoSession(
                reply.lasting()
                        ? new Outcome.HostRefused(reply.status(), text)
                        : new Outcome.Deferred(
                                reply.transientFailure() ? reply.status() : EnhancedStatus.PROTOCOL_TROUBLE, text));
    }

    String said(String verb, RemoteReply reply) {
        return host + " said to " + verb + ": " + reply.text();
    }

    private RemoteReply command(String verb, String rest, Duration limit) throws NoSession {
        try {
            dialogue.step(verb.isEmpty() ? "auth" : verb.toLowerCase(Locale.ROOT));
            dialogue.client(spoken(verb, rest));
            connection.within(dialogue.atMost(limit));
            send(verb + rest);
            connection.out().flush();
            RemoteReply reply = RemoteReply.read(connection.in());
            dialogue.server(reply.text());
            return reply;
        } catch (IOException failed) {
            throw lost(verb.isEmpty() ? "AUTH" : verb, failed);
        }
    }

    private RemoteReply read(String what, Duration limit) throws NoSession {
        try {
            connection.within(dialogue.atMost(limit));
            RemoteReply reply = RemoteReply.read(connection.in());
            dialogue.server(reply.text());
            return reply;
        } catch (IOException failed) {
            throw lost(what, failed);
        }
    }

    /** Of a log-in only the mechanism. */
    private static String spoken(String verb, String rest) {
        if (verb.isEmpty()) {
            return MASK;
        }
        int secret = rest.indexOf(' ', 1);
        return verb.equals("AUTH") && secret > 0 ? verb + rest.substring(0, secret + 1) + MASK : verb + rest;
    }

    /** A command that must be granted. */
    void expect(String verb, String rest) throws NoSession {
        RemoteReply reply = command(verb, rest, limits.mail());
        if (!reply.positive()) {
            throw refused("to " + verb, reply);
        }
    }

    private NoSession lost(String where, IOException failed) {
        return new NoSession(trouble(where, failed));
    }

    /** What a broken connection means for those who were not answered. */
    Outcome.Deferred trouble(String where, IOException failed) {
        EnhancedStatus status =
                failed instanceof RemoteReply.Unreadable ? EnhancedStatus.PROTOCOL_TROUBLE : EnhancedStatus.TIMED_OUT;
        return new Outcome.Deferred(status, host + " was lost at " + where + ": " + connection.reason(failed));
    }

    void send(String line) throws IOException {
        connection.out().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    Origin origin() {
        return origin;
    }

    RemoteHost host() {
        return host;
    }

    ClientLimits limits() {
        return limits;
    }

    RemoteConnection connection() {
        return connection;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Counts a message. */
    void count() {
        messages++;
    }

    /** Whether it may carry another message. */
    boolean reusable() {
        return !connection.isClosed() && messages < limits.messages();
    }

    /** Takes leave (RFC 5321 §4.1.1.10) and closes. */
    void quit() {
        try {
            connection.within(limits.quit());
            send("QUIT");
            connection.out().flush();
            RemoteReply.read(connection.in());
        } catch (IOException gone) {
            LOG.debug("{} was gone before QUIT: {}", host, gone.getMessage());
        } finally {
            connection.close();
        }
    }

    void close() {
        connection.close();
    }
}
