package cz.digidig.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.imap.settings.ImapSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapMisbehaviourIT {
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

    private TestServer impatient() throws IOException {
        ImapSettings usual = TestServer.usual();
        return new TestServer(
                folder, new ImapSettings(usual.hostname(), 10_000, 100, 3, 2, 1, 1, 1, 3, 2, usual.listeners()));
    }

    @Test
    void noLogInWithoutTls() throws IOException {
        try (RawClient client = server.clear()) {
            assertThat(client.line())
                    .contains("LOGINDISABLED")
                    .contains("STARTTLS")
                    .doesNotContain("AUTH=");
            client.send("a LOGIN alice@digidig.test secret\r\n");
            client.expectTagged("a NO [PRIVACYREQUIRED]");
            client.send("b AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\r\n");
            client.expectTagged("b NO [PRIVACYREQUIRED]");
            client.send("c STARTTLS\r\n");
            client.expectTagged("c OK");
            client.startTls();
            client.send("d CAPABILITY\r\n");
            assertThat(client.expectTagged("d OK").getFirst())
                    .contains("AUTH=PLAIN")
                    .doesNotContain("LOGINDISABLED")
                    .doesNotContain("STARTTLS");
            client.send("e LOGIN alice@digidig.test secret\r\n");
            client.expectTagged("e OK [CAPABILITY");
        }
    }

    @Test
    void whatFollowsStartTlsInClearTextIsNeverRead() throws IOException {
        try (RawClient client = server.clear()) {
            client.line();
            client.send("a STARTTLS\r\nb NOOP\r\n");
            client.expectTagged("a OK");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void literalBombsAreRefusedBeforeTheyAreSent() throws IOException {
        try (RawClient client = server.secure()) {
            client.line();
            client.send("a LOGIN {999999999999}\r\n");
            client.expectTagged("a BAD");
            client.send("b LOGIN {5000+}\r\n" + "x".repeat(5000) + " y\r\n");
            client.expectTagged("b BAD");
            client.send("c NOOP\r\n");
            client.expectTagged("c OK");
            client.send("d LOGIN {999999999+}\r\n");
            client.expectTagged("* BYE [TOOBIG]");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void appendOverTheLimitIsRefusedAndSkipped() throws IOException {
        try (TestServer strict = impatient();
                RawClient client = strict.loggedIn()) {
            client.send("a APPEND INBOX {20000}\r\n");
            client.expectTagged("a NO [TOOBIG]");
            client.send("b APPEND INBOX {20000+}\r\n" + "x".repeat(20000) + "\r\nc NOOP\r\n");
            client.expectTagged("b NO [TOOBIG]");
            client.expectTagged("c OK");
            client.send("d APPEND INBOX {999999999+}\r\n");
            client.expectTagged("d NO [TOOBIG]");
            client.expectTagged("* BYE [TOOBIG]");
        }
    }

    @Test
    void nestingBombsAreBad() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("s SELECT INBOX\r\n");
            client.expectTagged("s OK");
            client.send("a SEARCH " + "(".repeat(20_000) + "ALL" + ")".repeat(20_000) + "\r\n");
            client.expectTagged("a BAD Nested deeper");
            client.send("b SEARCH " + "NOT ".repeat(10_000) + "ALL\r\n");
            client.expectTagged("b BAD Nested deeper");
            client.send("c SEARCH " + "OR ".repeat(10_000) + "ALL\r\n");
            client.expectTagged("c BAD Nested deeper");
            client.send("d FETCH 1:" + "9".repeat(50) + " FLAGS\r\n");
            client.expectTagged("d BAD");
            client.send("e FETCH " + "1,".repeat(30_000) + "1 FLAGS\r\n");
            client.expectTagged("e BAD");
        }
    }

    @Test
    void oddOctetsAreBadAndTheSessionGoesOn() throws IOException {
        for (String odd : List.of(
                "\0",
                "",
                " ",
                "a",
                "a ",
                "+ NOOP",
                "a NO\0OP",
                "a LOGIN \"x\0\" y",
                "a LOGIN \"x",
                "a \rNOOP",
                "a NOOP\r",
                "a {3+}\r\nfoo")) {
            try (RawClient client = server.secure()) {
                client.line();
                client.send(odd + "\r\nz NOOP\r\n");
                List<String> lines = client.expectTagged("z OK");
                assertThat(lines).as(odd).hasSize(2);
                assertThat(lines.getFirst()).as(odd).contains(" BAD ");
            }
        }
        try (RawClient client = server.secure()) {
            client.line();
            client.send(
                    new byte[] {'a', ' ', 'L', 'O', 'G', 'I', 'N', ' ', '"', (byte) 0xff, '"', ' ', 'x', '\r', '\n'});
            client.expectTagged("a BAD");
        }
    }

    @Test
    void endlessLinesAreCutOff() throws IOException {
        try (RawClient client = server.secure()) {
            client.line();
            client.send("a LOGIN " + "x".repeat(20_000) + " y\r\nb NOOP\r\n");
            client.expectTagged("* BAD A line is longer");
            client.expectTagged("b OK");
            byte[] much = "y".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 100; i++) {
                    client.send(much);
                }
                client.expectTagged("* BYE");
            } catch (IOException cut) {
                // The server may be gone before all is sent.
                assertThat(cut).isNotNull();
            }
        }
    }

    @Test
    void slowSendersAreCutOff() throws IOException {
        try (TestServer strict = impatient();
                RawClient silent = strict.secure();
                RawClient half = strict.secure();
                RawClient literal = strict.loggedIn()) {
            silent.line();
            half.line();
            half.send("a LOG");
            literal.send("a APPEND INBOX {100}\r\n");
            assertThat(literal.line()).startsWith("+ ");
            literal.send("half");
            silent.expectTagged("* BYE");
            half.expectTagged("* BYE");
            literal.expectTagged("* BYE");
        }
    }

    @Test
    void tooManyFailedLogInsEndTheConnection() throws IOException {
        try (TestServer strict = impatient();
                RawClient client = strict.secure()) {
            client.line();
            client.send("a LOGIN alice@digidig.test wrong\r\nb LOGIN alice@digidig.test wrong\r\nc NOOP\r\n");
            client.expectTagged("a NO [AUTHENTICATIONFAILED]");
            client.expectTagged("* BYE");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void tooManyBadCommandsEndTheConnection() throws IOException {
        try (TestServer strict = impatient();
                RawClient client = strict.secure()) {
            client.line();
            client.send("a FOO\r\nb FOO\r\nc FOO\r\n");
            client.expectTagged("a BAD");
            client.expectTagged("b BAD");
            client.expectTagged("c BAD");
            client.expectTagged("* BYE");
        }
    }

    @Test
    void tooManyConnectionsAreTurnedAway() throws IOException {
        try (TestServer strict = impatient();
                RawClient one = strict.clear();
                RawClient two = strict.clear();
                RawClient three = strict.clear()) {
            for (RawClient client : List.of(one, two, three)) {
                assertThat(client.line()).startsWith("* OK");
            }
            try (RawClient four = strict.clear()) {
                assertThat(four.line()).startsWith("* BYE [UNAVAILABLE]");
            }
        }
    }

    @Test
    void aMessageThatBreaksOffIsNotStored() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("a APPEND INBOX {100+}\r\nSubject: half");
        }
        try (RawClient client = server.loggedIn()) {
            client.send("b STATUS INBOX (MESSAGES)\r\n");
            assertThat(client.expectTagged("b OK").getFirst()).isEqualTo("* STATUS \"INBOX\" (MESSAGES 0)");
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() throws IOException {
        try (RawClient client = server.secure()) {
            client.line();
            client.send("a LOGIN alice@digidig.test secret\r\nb SELECT INBOX\r\nc APPEND INBOX {3+}\r\nabc\r\n"
                    + "d FETCH 1 BODY[]\r\ne LOGOUT\r\n");
            client.expectTagged("a OK");
            client.expectTagged("b OK");
            assertThat(client.expectTagged("c OK [APPENDUID 7 1]")).contains("* 1 EXISTS");
            assertThat(client.expectTagged("d OK")).contains("* 1 FETCH (BODY[] {3}", "abc FLAGS (\\Seen))");
            client.expectTagged("* BYE");
            client.expectTagged("e OK");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void anOutageIsNoAndTheSessionGoesOn() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("a SELECT INBOX\r\n");
            client.expectTagged("a OK");
            server.store.down(true);
            client.send("b STORE 1:* +FLAGS \\Seen\r\nc CREATE Work\r\nd NOOP\r\n");
            client.expectTagged("b OK");
            client.expectTagged("c NO [UNAVAILABLE]");
            client.expectTagged("d OK");
            server.store.down(false);
            client.send("e CREATE Work\r\n");
            client.expectTagged("e OK");
        }
    }

    @Test
    void idleIsToldOfDeliveriesAndShutdown() throws IOException {
        try (RawClient client = server.loggedIn()) {
            client.send("a SELECT INBOX\r\nb IDLE\r\n");
            client.expectTagged("a OK");
            assertThat(client.line()).isEqualTo("+ idling");
            server.store.put(server.store.id("INBOX"), List.of(), 0, new byte[] {'x'});
            assertThat(client.line()).isEqualTo("* 1 EXISTS");
            assertThat(client.line()).isEqualTo("* 0 RECENT");
            client.send("DONE\r\nc IDLE\r\n");
            client.expectTagged("b OK");
            assertThat(client.line()).isEqualTo("+ idling");
            server.server().close();
            assertThat(client.line()).startsWith("* BYE");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void idleOfADeadMailboxEnds() throws IOException {
        try (RawClient client = server.loggedIn();
                RawClient other = server.loggedIn()) {
            other.send("a CREATE Work\r\n");
            other.expectTagged("a OK");
            client.send("a SELECT Work\r\nb IDLE\r\n");
            client.expectTagged("a OK");
            assertThat(client.line()).isEqualTo("+ idling");
            other.send("b DELETE Work\r\n");
            other.expectTagged("b OK");
            client.expectTagged("* BYE");
        }
    }
}
