package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queue, the sessions and the figures over REST. */
@RunningService
class AdministrationIT {
    private final SettingsClient service;

    AdministrationIT(@LocalServerPort int port, @Autowired JsonMapper json) {
        service = new SettingsClient(port, json);
    }

    @BeforeEach
    void defaults() throws Exception {
        service.defaults();
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void sessionsTellWhatWasRefusedAndWhy() throws Exception {
        try (RawClient client = service.mx()) {
            client.expect("250", "EHLO curious.example").expect("250", "MAIL FROM:<s@sender.test>");
            client.expect("550", "RCPT TO:<nobody@digidig.test>").expect("250", "RCPT TO:<alice@digidig.test>");
            client.expect("354", "DATA").expect("250", "Subject: x\r\n\r\nx\r\n.");
            client.expect("221", "QUIT");
        }
        await().untilAsserted(() -> {
            JsonNode found = service.get("/api/smtp/sessions?text=nobody@digidig.test&refused=true&open=false");
            assertThat(found).isNotEmpty();
            JsonNode session = found.get(0);
            assertThat(session.get("hello").asString()).isEqualTo("curious.example");
            assertThat(session.get("accepted").asInt()).isEqualTo(1);
            assertThat(session.get("messages").get(0).asString()).hasSize(9);
            assertThat(session.get("end").asString()).isEqualTo("QUIT");
            assertThat(session.at("/refusals/0/command").asString()).isEqualTo("RCPT TO:<nobody@digidig.test>");
            assertThat(session.at("/refusals/0/reply").asString()).startsWith("550 5.1.1");
        });
        JsonNode stats = service.get("/api/stats");
        assertThat(stats.at("/sessions/messages/accepted").asInt()).isPositive();
        assertThat(stats.at("/sessions/replies/550").asInt()).isPositive();
        assertThat(stats.at("/sessions/stages/data/count").asInt()).isPositive();
        assertThat(stats.at("/queue/domains/0/domain").asString()).isNotEmpty();
        assertThat(stats.at("/spool/forceMillis").asDouble()).isPositive();
    }

    @Test
    void theApiDescribesAllThis() throws Exception {
        JsonNode api = service.get("/v3/api-docs");
        for (String path :
                List.of("/api/queue", "/api/queue/actions", "/api/smtp/status", "/api/smtp/smart-hosts/test")) {
            assertThat(api.get("paths").has(path)).as(path).isTrue();
        }
        assertThat(api.at("/paths/~1api~1queue/get/parameters").toString()).contains("olderThan", "held");
    }

    @Test
    void onlyAdministratorsMayDoThis() throws Exception {
        String alice = RunningService.Rig.IDENTITY.tokens.user("2", "alice@digidig.test", "mail.send");
        for (String path : List.of("/api/smtp/status", "/api/smtp/sessions", "/api/queue")) {
            assertThat(service.send("GET", path, "", alice).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(service.send("POST", "/api/smtp/restart", "", alice).statusCode())
                .isEqualTo(403);
        assertThat(service.send("POST", "/api/queue/actions", "{\"action\":\"delete\",\"filter\":{}}", alice)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theQueueIsActedOnInBulk() throws Exception {
        HttpResponse<String> answer = service.send("POST", "/api/queue/actions", "{\"action\":\"hold\",\"filter\":{}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        service.mail("alice@digidig.test", "Subject: held\r\n\r\nx");
        answer = service.send(
                "POST", "/api/queue/actions", "{\"action\":\"hold\",\"filter\":{\"domain\":\"digidig.test\"}}");
        assertThat(service.read(answer.body()).get("messages").asInt()).isPositive();
        assertThat(service.get("/api/queue?state=held&domain=digidig.test&limit=1")
                        .get("items"))
                .hasSize(1);
        assertThat(service.send("GET", "/api/queue?state=odd", "").statusCode()).isIn(400, 422);
        assertThat(service.send("POST", "/api/queue/actions", "{\"action\":\"burn\",\"filter\":{}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(service.send("POST", "/api/queue/actions", "{\"action\":\"delete\"}")
                        .statusCode())
                .isEqualTo(422);
        service.send("POST", "/api/queue/actions", "{\"action\":\"delete\",\"filter\":{}}");
        assertThat(service.get("/api/queue").get("items")).isEmpty();
    }
}
