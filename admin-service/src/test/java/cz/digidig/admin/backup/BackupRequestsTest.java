package cz.digidig.admin.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BackupRequestsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final String IDLE = """
            {"seenAt":"2026-11-24T02:59:50Z","mode":"embedded","folder":"/srv/backups","running":null,"archives":[
              {"name":"digidig-backup-20261123T030000Z.tar","octets":2048,"release":"0.1.0","verifiedAt":"2026-11-23T04:00:00Z"},
              {"name":"digidig-backup-20261122T030000Z-smtp.tar","octets":1024,"release":"0.1.0","verifiedAt":""},
              {"name":"../digidig-backup-20261122T030000Z.tar","octets":1,"release":"","verifiedAt":""},
              {"name":"digidig-backup-20261399T030000Z.tar","octets":1,"release":"","verifiedAt":""}],
             "results":[{"verb":"backup","archive":"-","by":"admin@digidig.test","ended":"2026-11-23T03:00:05Z",
               "outcome":"failed","words":"no space"},{"verb":"burn"}]}
            """;
    private static final String BUSY = """
            {"seenAt":"2026-11-24T01:00:00Z","running":{"verb":"restore","archive":"digidig-backup-20261123T030000Z.tar",
              "by":"admin@digidig.test","since":"2026-11-24T01:00:00Z"}}
            """;

    @TempDir
    Path data;

    private BackupRequests requests;

    @BeforeEach
    void open() {
        requests = new BackupRequests(data, new JsonMapper(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void tell(String state) throws IOException {
        Files.createDirectories(data.resolve("backups"));
        Files.writeString(data.resolve("backups/state.json"), state);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("backups/requests"))) {
            return files.toList();
        }
    }

    @Test
    void withoutAnAgentARequestWaits() throws IOException {
        assertThat(requests.state()).isEmpty();
        assertThat(requests.waiting()).isEmpty();
        assertThat(requests.ask(Verb.BACKUP, "", "admin@digidig.test")).isTrue();
        assertThat(requests.waiting()).contains(new Request(Verb.BACKUP, "", "admin@digidig.test", NOW));
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.getFileName()).hasToString("1795489200000");
            assertThat(file).hasContent("backup\nadmin@digidig.test\n");
        });
    }

    @Test
    void oneAtATime() throws IOException {
        tell(IDLE);
        String archive = "digidig-backup-20261123T030000Z.tar";
        assertThat(requests.ask(Verb.VERIFY, archive, "a@digidig.test")).isTrue();
        assertThat(requests.ask(Verb.DELETE, archive, "b@digidig.test")).isFalse();
        assertThat(files()).singleElement().satisfies(file -> assertThat(file)
                .hasContent("verify " + archive + "\na@digidig.test\n"));
        requests.withdraw();
        assertThat(requests.waiting()).isEmpty();
        tell(BUSY);
        assertThat(requests.ask(Verb.BACKUP, "", "b@digidig.test")).isFalse();
    }

    @Test
    void whatTheAgentTellsIsRead() throws IOException {
        tell(IDLE);
        AgentState agent = requests.state().orElseThrow();
        assertThat(agent.archives())
                .containsExactly(
                        new Archive(
                                "digidig-backup-20261123T030000Z.tar",
                                Instant.parse("2026-11-23T03:00:00Z"),
                                "",
                                2048,
                                "0.1.0",
                                Instant.parse("2026-11-23T04:00:00Z")),
                        new Archive(
                                "digidig-backup-20261122T030000Z-smtp.tar",
                                Instant.parse("2026-11-22T03:00:00Z"),
                                "smtp",
                                1024,
                                "0.1.0",
                                null));
        assertThat(agent.results())
                .containsExactly(new AgentState.Result(
                        Verb.BACKUP,
                        "",
                        "admin@digidig.test",
                        Instant.parse("2026-11-23T03:00:05Z"),
                        false,
                        "no space"));
        assertThat(agent.away(NOW)).isFalse();
        assertThat(agent.away(NOW.plusSeconds(600))).isTrue();
        tell(BUSY);
        assertThat(requests.state().orElseThrow().away(NOW))
                .as("a restore is silent")
                .isFalse();
    }

    @Test
    void whatIsNoAnswerIsNone() throws IOException {
        for (String text : List.of("", "{", "[]", "{\"seenAt\":\"yesterday\"}")) {
            tell(text);
            assertThat(requests.state()).as(text).isEmpty();
        }
    }
}
