package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestHttp.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The migrations and the main paths on a PostgreSQL server as a deployment has it, where a Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ServerDatabaseIT {
    private static final String PASSWORD = "a password of this test";

    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:17");

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> "a secret of this test");
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
        registry.add("spring.datasource.url", POSTGRES::getJdbcUrl);
        registry.add("spring.datasource.username", POSTGRES::getUsername);
        registry.add("spring.datasource.password", POSTGRES::getPassword);
    }

    @Test
    void anAdministratorMakesADomainAnAccountAndAnAlias() {
        TestHttp http = new TestHttp(port, null);
        Answer login = http.post(
                "/api/auth/login", "{\"email\":\"admin@digidig.test\",\"password\":\"%s\"}".formatted(PASSWORD));
        assertThat(login.status()).isEqualTo(200);
        TestHttp admin = http.as(login.text("access_token"));

        assertThat(admin.post("/api/domains", "{\"name\":\"example.org\"}").status())
                .isEqualTo(201);
        assertThat(admin.post("/api/domains", "{\"name\":\"EXAMPLE.org\"}").status())
                .isEqualTo(409);
        assertThat(admin.post(
                                "/api/accounts",
                                "{\"email\":\"carol@example.org\",\"password\":\"%s\"}".formatted(PASSWORD))
                        .status())
                .isEqualTo(201);
        assertThat(admin.post("/api/aliases", "{\"address\":\"sales@example.org\",\"targets\":[\"carol@example.org\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.get("/api/accounts?q=carol").body().path("items").size())
                .isEqualTo(1);
        assertThat(http.post(
                                "/api/auth/login",
                                "{\"email\":\"carol@example.org\",\"password\":\"%s\"}".formatted(PASSWORD))
                        .status())
                .isEqualTo(200);
    }
}
