package cz.digidig.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.delivery.ScriptedSink;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smart hosts and their passwords. */
@RunningService
class SmartHostSettingsIT {
    private final SettingsClient service;

    SmartHostSettingsIT(@LocalServerPort int port, @Autowired JsonMapper json) {
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
    void aSmartHostIsTriedUpToTheEnvelope() throws Exception {
        ScriptedSink sink = service.sink();
        sink.script = (stage, _, _) -> stage.equals("EHLO") ? "250-sink.test\r\n250 AUTH PLAIN" : null;
        String login = ",\"user\":\"us\",\"password\":\"s3cret-word\"";
        service.change("{" + SettingsClient.smartHost(sink, login) + "}");
        JsonNode fine =
                service.tried("{\"host\":\"127.0.0.1\",\"from\":\"a@digidig.test\",\"to\":\"b@elsewhere.test\"}");
        assertThat(fine.get("ok").asBoolean()).as(fine.toString()).isTrue();
        assertThat(fine.toString())
                .contains("AUTH PLAIN ********", "RCPT TO:<b@elsewhere.test>", "235 2.7.0 welcome")
                .doesNotContain("s3cret-word")
                .doesNotContain("AHVzAHMzY3JldC13b3Jk");
        assertThat(sink.commands).contains("AUTH PLAIN AHVzAHMzY3JldC13b3Jk");
        assertThat(sink.received).isEmpty();

        // With the mask in the form's place.
        String masked = "{"
                + SettingsClient.smartHost(sink, login.replace("s3cret-word", "********"))
                        .replace("\"smartHosts\":[", "\"smartHost\":")
                        .replace("]", "")
                + "}";
        assertThat(service.tried(masked).get("ok").asBoolean()).isTrue();

        sink.script = (stage, _, _) -> stage.equals("EHLO")
                ? "250-sink.test\r\n250 AUTH PLAIN"
                : stage.equals("AUTH") ? "535 5.7.8 no such user" : null;
        JsonNode refused = service.tried("{\"host\":\"127.0.0.1\"}");
        assertThat(refused.get("ok").asBoolean()).isFalse();
        assertThat(refused.get("failedAt").asString()).isEqualTo("auth");
        assertThat(refused.get("reason").asString()).contains("535 5.7.8 no such user");

        sink.script = (stage, _, _) -> stage.equals("CONNECT") ? ScriptedSink.DROP : null;
        assertThat(service.tried("{\"host\":\"127.0.0.1\"}").get("failedAt").asString())
                .isEqualTo("greeting");
        assertThat(service.tried("{\"smartHost\":{\"host\":\"127.0.0.1\",\"port\":" + SettingsClient.freePort() + "}}")
                        .get("failedAt")
                        .asString())
                .isEqualTo("connect");
        sink.script = (_, _, _) -> null;
        assertThat(service.tried("{"
                                + SettingsClient.smartHost(sink, "")
                                        .replace("\"smartHosts\":[", "\"smartHost\":")
                                        .replace("]", "")
                                        .replace("none", "starttls")
                                + "}")
                        .get("failedAt")
                        .asString())
                .isEqualTo("starttls");
        assertThat(service.send("POST", "/api/smtp/smart-hosts/test", "{\"host\":\"unknown.example\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void passwordsAreEncryptedInTheFileAndMaskedOverRest() throws Exception {
        ScriptedSink sink = service.sink();
        service.change("{" + SettingsClient.smartHost(sink, ",\"user\":\"u\",\"password\":\"s3cret-word\"") + "}");
        assertThat(SettingsClient.file()).doesNotContain("s3cret-word").contains("encrypted:v1:");
        assertThat(service.get("/api/config").toString())
                .doesNotContain("s3cret-word")
                .contains("********");
        JsonNode schema = service.get("/api/config/schema");
        assertThat(schema.at("/properties/smartHosts/items/properties/password/writeOnly")
                        .asBoolean())
                .isTrue();
        assertThat(schema.at("/properties/hostname/x-group").asString()).isEqualTo("Server");
        assertThat(schema.at("/properties/sessions/properties/commandTimeout/x-unit")
                        .asString())
                .isEqualTo("s");
        schema.get("properties").properties().forEach(property -> {
            assertThat(property.getValue().path("title").asString(""))
                    .as(property.getKey())
                    .isNotEmpty();
            assertThat(property.getValue().path("x-group").asString(""))
                    .as(property.getKey())
                    .isNotEmpty();
        });
    }
}
