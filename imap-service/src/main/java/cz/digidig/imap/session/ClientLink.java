package cz.digidig.imap.session;

import java.io.IOException;
import java.time.Duration;

/** The port to the client's connection. */
public interface ClientLink {
    /** Of the connection, for logs. */
    String id();

    /** The client's IP address. */
    String address();

    /** Whether TLS protects the connection. */
    boolean secure();

    /** Whether TLS can be begun. */
    boolean offersTls();

    /** Whether passwords may be sent: under TLS, or where the listener was configured to do without it. */
    boolean mayLogIn();

    /** Begins TLS; unread clear-text octets end the connection (RFC 9051 §6.2.1, RFC 3501 §11.1). */
    void startTls() throws IOException;

    /**
     * Begins to wait for a line and for other news at the same time.
     *
     * @param news gets what comes; {@link #stopWaiting} ends it
     */
    void awaitLine(News news);

    /** To be called after {@link #awaitLine}'s line has come. */
    void stopWaiting();

    /** How long the next line may take. */
    void patience(Duration duration);

    /** What an idle session waits for. */
    sealed interface Event {
        /** The client sent a line. */
        record Line(String text) implements Event {}

        /** The mailbox may have changed. */
        record MailboxChanged() implements Event {}

        /** The client is gone, or the server shuts down. */
        record Ended(IOException cause) implements Event {}
    }
}
