package cz.digidig.identity.removal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import cz.digidig.identity.TestHttp;
import cz.digidig.identity.account.MailboxRemovals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The mail of accounts that are gone is asked away from storage until that says that it is done. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
@Import(MailboxRemovalIT.TestClock.class)
class MailboxRemovalIT {
    private static final String PASSWORD = "a password for now";
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> TOKENS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger ANSWER = new AtomicInteger(204);

    @TempDir
    private static Path folder;

    private static HttpServer storage;

    private final MailboxRemoval removal;
    private final MailboxRemovals rows;
    private final TestClock.Adjustable clock;

    @LocalServerPort
    private int port;

    private TestHttp admin;

    /** A clock that tests put forward. */
    @TestConfiguration(proxyBeanMethods = false)
    static class TestClock {
        static final class Adjustable extends Clock {
            private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

            void advance(Duration by) {
                ahead.accumulateAndGet(by, Duration::plus);
            }

            @Override
            public Instant instant() {
                return Clock.systemUTC().instant().plus(ahead.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        }

        @Bean
        @Primary
        Adjustable adjustableClock() {
            return new Adjustable();
        }
    }

    @Autowired
    MailboxRemovalIT(MailboxRemoval removal, MailboxRemovals rows, TestClock.Adjustable clock) {
        this.removal = removal;
        this.rows = rows;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> "a secret of this test");
        // Nobody but the test asks.
        registry.add("digidig.identity.mail-removal-every", () -> "PT24H");
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
        registry.add(
                "digidig.client.storage-url",
                () -> "http://127.0.0.1:" + storage.getAddress().getPort());
    }

    @BeforeAll
    static void storage() throws IOException {
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", exchange -> {
            ASKED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            TOKENS.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(ANSWER.get(), -1);
            exchange.close();
        });
        storage.start();
    }

    @AfterAll
    static void stop() {
        storage.stop(0);
    }

    @BeforeEach
    void start() {
        ASKED.clear();
        ANSWER.set(204);
        TestHttp http = new TestHttp(port, null);
        admin = http.as(http.post(
                        "/api/auth/login", "{\"email\":\"admin@digidig.test\",\"password\":\"%s\"}".formatted(PASSWORD))
                .text("access_token"));
    }

    private String removed(String local) {
        String id = admin.post("/api/accounts", "{\"email\":\"%s@digidig.test\"}".formatted(local))
                .text("id");
        assertThat(admin.delete("/api/accounts/" + id).status()).isEqualTo(204);
        assertThat(rows.due(100)).as("it can be restored yet").doesNotContain(id);
        assertThat(admin.delete("/api/accounts/deleted/" + id).status()).isEqualTo(204);
        return id;
    }

    @Test
    void itIsAskedForUntilStorageHasDoneIt() {
        String id = removed("ella");
        for (int status : List.of(503, 500, 403)) {
            ANSWER.set(status);
            removal.run();
            assertThat(rows.due(100)).as("not again at once").isEmpty();
            removal.run();
            clock.advance(Duration.ofHours(1));
            assertThat(rows.due(100)).as("after " + status).containsExactly(id);
        }
        assertThat(ASKED).hasSize(3).containsOnly("DELETE /api/internal/accounts/" + id);

        ANSWER.set(204);
        removal.run();
        clock.advance(Duration.ofDays(2));
        removal.run();
        assertThat(ASKED).as("once more, and never again").hasSize(4);
        assertThat(rows.due(100)).isEmpty();
        String claims =
                new String(Base64.getUrlDecoder().decode(TOKENS.getLast().split("\\.", 3)[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"scope\":\"internal\"", "identity-service");
    }

    @Test
    void whatIsRefusedForOneHoldsUpNoOther() {
        String first = removed("fred");
        String second = removed("gina");
        ANSWER.set(422);
        removal.run();

        assertThat(ASKED)
                .containsExactly("DELETE /api/internal/accounts/" + first, "DELETE /api/internal/accounts/" + second);
        ANSWER.set(204);
        clock.advance(Duration.ofHours(1));
        removal.run();
        assertThat(rows.due(100)).isEmpty();
    }
}
