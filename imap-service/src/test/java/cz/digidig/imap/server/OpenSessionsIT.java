package cz.digidig.imap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators see of sessions, and how one ends by their word. */
class OpenSessionsIT {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<SessionRecord> all() {
        return server.server().sessions().find(_ -> true, Long.MAX_VALUE, 100).items();
    }

    private SessionRecord only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    @Test
    void aSessionTellsWhereItStands() throws IOException {
        try (RawClient client = server.clear()) {
            client.line();
            assertThat(only().account()).isEmpty();
            assertThat(only().tls()).isEmpty();
            assertThat(only().command()).isEmpty();
            assertThat(only().commandAt()).isEqualTo(only().began());
            client.send("s STARTTLS\r\n");
            client.expectTagged("s OK");
            client.startTls();
            client.send("l LOGIN alice@digidig.test secret\r\n");
            client.expectTagged("l OK");
            client.send("n NOOP\r\n");
            client.expectTagged("n OK");

            SessionRecord known = only();
            assertThat(known.account()).isEqualTo("alice@digidig.test");
            assertThat(known.tls()).startsWith("TLSv1.");
            assertThat(known.listener()).isEqualTo("imap");
            assertThat(known.client()).isEqualTo("127.0.0.1");
            assertThat(known.commandAt()).isAfterOrEqualTo(known.began());
            assertThat(known.mailbox()).isEmpty();

            client.send("x EXAMINE inbox\r\n");
            client.expectTagged("x OK");
            client.send("i IDLE\r\n");
            assertThat(client.line()).startsWith("+ ");
            await().until(() -> only().idle());
            assertThat(only().mailbox()).isEqualTo("INBOX");
            assertThat(only().command()).isEqualTo("IDLE");
            assertThat(only().received()).isGreaterThan(known.received());
            assertThat(only().sent()).isGreaterThan(known.sent());
            client.send("DONE\r\n");
            client.expectTagged("i OK");
            client.send("c CLOSE\r\n");
            client.expectTagged("c OK");
            await().untilAsserted(() -> assertThat(only().mailbox()).isEmpty());
            assertThat(only().idle()).isFalse();
            assertThat(only().commands()).isEqualTo(6);
        }
        await().until(() -> all().isEmpty());
    }

    @Test
    void oneThatWaitsIsEndedByBye() throws IOException {
        try (RawClient ended = server.loggedIn();
                RawClient other = server.loggedIn()) {
            String id = all().getLast().id();
            assertThat(server.server().sessions().end(id, "An administrator ended this session"))
                    .isTrue();
            assertThat(ended.line()).isEqualTo("* BYE An administrator ended this session");
            assertThat(ended.ended()).isTrue();
            assertThat(all()).extracting(SessionRecord::id).doesNotContain(id).hasSize(1);
            assertThat(server.server().sessions().end(id, "again")).isFalse();
            other.send("n NOOP\r\n");
            other.expectTagged("n OK");
        }
    }

    @Test
    void oneThatIdlesIsEndedByBye() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("s SELECT INBOX\r\n");
            client.expectTagged("s OK");
            client.send("i IDLE\r\n");
            assertThat(client.line()).startsWith("+ ");
            await().until(() -> only().idle());
            assertThat(server.server().sessions().end(only().id(), "Enough")).isTrue();
            assertThat(client.line()).isEqualTo("* BYE Enough");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aCommandThatNeverEndsIsCutOff() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("a APPEND INBOX {100}\r\n");
            assertThat(client.line()).startsWith("+ ");
            client.send("half of");
            assertThat(server.server().sessions().end(only().id(), "Enough")).isTrue();
            assertThat(client.ended()).isTrue();
            await().until(() -> all().isEmpty());
        }
    }

    @Test
    void pagesFollowOneAnother() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                clients.add(server.loggedIn());
            }
            OpenSessions sessions = server.server().sessions();
            List<SessionRecord> seen = new ArrayList<>();
            Long next = Long.MAX_VALUE;
            int pages = 0;
            while (next != null) {
                OpenSessions.Page page = sessions.find(one -> !one.account().isEmpty(), next, 2);
                seen.addAll(page.items());
                next = page.next();
                pages++;
            }
            assertThat(pages).isEqualTo(3);
            assertThat(seen)
                    .extracting(SessionRecord::id)
                    .doesNotHaveDuplicates()
                    .hasSize(5);
            assertThat(seen.getFirst().began()).isAfterOrEqualTo(seen.getLast().began());
            assertThat(sessions.find(one -> one.account().isEmpty(), Long.MAX_VALUE, 2)
                            .items())
                    .isEmpty();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
