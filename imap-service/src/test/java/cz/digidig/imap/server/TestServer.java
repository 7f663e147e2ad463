package cz.digidig.imap.server;

import cz.digidig.common.net.TlsContext;
import cz.digidig.common.net.TlsMode;
import cz.digidig.imap.command.CommandDispatcher;
import cz.digidig.imap.mailbox.ChangeFeed;
import cz.digidig.imap.mailbox.FakeMailStore;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.session.Account;
import cz.digidig.imap.session.Directory;
import cz.digidig.imap.settings.ImapListener;
import cz.digidig.imap.settings.ImapSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A server on free ports, with mailboxes in memory and one account: alice@digidig.test, password secret. */
final class TestServer implements AutoCloseable {
    final ChangeFeed feed = new ChangeFeed();
    final FakeMailStore store = new FakeMailStore(feed);
    private final ImapServer server;

    TestServer(Path folder) throws IOException {
        this(folder, usual());
    }

    TestServer(Path folder, ImapSettings settings) throws IOException {
        MailboxSnapshotCache snapshots = new MailboxSnapshotCache(store, feed, 1_000_000);
        MailboxDirectory mailboxes = new MailboxDirectory(store, feed);
        MessageCache messages = new MessageCache(store, 1_000_000, 1_000_000);
        CommandDispatcher dispatcher = new CommandDispatcher(
                store,
                mailboxes,
                snapshots,
                messages,
                new Accounts(),
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
                folder);
        feed.connected();
        server = new ImapServer(
                dispatcher,
                snapshots,
                settings,
                TlsContext.fromFolder(folder, "mail.digidig.test"),
                new SimpleMeterRegistry());
        server.apply(settings);
    }

    static ImapSettings usual() {
        return ImapSettings.of(
                "mail.digidig.test",
                List.of(
                        new ImapListener("imap", "127.0.0.1", 0, TlsMode.STARTTLS, true),
                        new ImapListener("imaps", "127.0.0.1", 0, TlsMode.IMPLICIT, true)));
    }

    /** One account, and one token. */
    private static final class Accounts implements Directory {
        @Override
        public LogIn password(String username, String password, String clientAddress) {
            if (username.equals("busy@digidig.test")) {
                return new LogIn.Unavailable();
            }
            return username.equals("alice@digidig.test") && password.equals("secret")
                    ? new LogIn.Accepted(new Account("account", username))
                    : new LogIn.Rejected();
        }

        @Override
        public LogIn token(String token) {
            return token.equals("good")
                    ? new LogIn.Accepted(new Account("account", "alice@digidig.test"))
                    : new LogIn.Rejected();
        }
    }

    ImapServer server() {
        return server;
    }

    RawClient clear() throws IOException {
        return new RawClient(server.port("imap"), TlsMode.NONE);
    }

    RawClient secure() throws IOException {
        return new RawClient(server.port("imaps"), TlsMode.IMPLICIT);
    }

    /** A client that has logged in. */
    RawClient loggedIn() throws IOException {
        RawClient client = secure();
        client.line();
        client.send("l LOGIN alice@digidig.test secret\r\n");
        client.expectTagged("l OK");
        return client;
    }

    @Override
    public void close() {
        server.close();
    }
}
