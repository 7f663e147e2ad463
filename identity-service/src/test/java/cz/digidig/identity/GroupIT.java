package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Groups: members get the mail, rules say whose, and administrators of other domains reach none. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class GroupIT {
    private static final String PASSWORD = "a password for now";
    private static final String SECRET = "a secret of this test";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private TestHttp http;
    private TestHttp admin;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> SECRET);
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
    }

    @BeforeEach
    void clients() {
        http = new TestHttp(port, null);
        admin = logIn("admin@digidig.test");
    }

    private TestHttp logIn(String email) {
        Answer answer =
                http.post("/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
        assertThat(answer.status()).isEqualTo(200);
        return http.as(answer.text("access_token"));
    }

    private String account(String email, String roles) {
        Answer made = admin.post(
                "/api/accounts",
                "{\"email\":\"%s\",\"password\":\"%s\",\"roles\":[%s]}".formatted(email, PASSWORD, roles));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    private Answer group(TestHttp by, String address, String posting, String... members) {
        return by.post(
                "/api/groups",
                "{\"address\":\"%s\",\"name\":\"The %s\",\"posting\":\"%s\",\"members\":[%s]}"
                        .formatted(
                                address,
                                address,
                                posting,
                                members.length == 0 ? "" : "\"" + String.join("\",\"", members) + "\""));
    }

    private Answer recipient(String address) {
        String basic = Base64.getEncoder().encodeToString(("smtp-service:" + SECRET).getBytes(StandardCharsets.UTF_8));
        return http.as(http.form("/oauth2/token", basic, "grant_type=client_credentials")
                        .text("access_token"))
                .get("/api/internal/recipients/" + address);
    }

    private static List<String> strings(Answer answer, String list, String field) {
        List<String> found = new ArrayList<>();
        answer.body()
                .path(list)
                .forEach(one -> found.add(
                        field.isEmpty() ? one.asString("") : one.path(field).asString("")));
        return found;
    }

    @Test
    void membersGetItsMailAndComeAndGo() {
        account("g.one@digidig.test", "\"user\"");
        account("g.two@digidig.test", "\"user\"");
        Answer made = group(admin, "team@digidig.test", "anyone", "g.one@digidig.test", "friend@elsewhere.example");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        Answer found = recipient("team@digidig.test");
        assertThat(strings(found, "accounts", "email")).containsExactly("g.one@digidig.test");
        assertThat(strings(found, "forwards", "")).containsExactly("friend@elsewhere.example");
        assertThat(strings(found, "posters", "")).isEmpty();

        assertThat(admin.post("/api/groups/team@digidig.test/members", "{\"address\":\"g.two@digidig.test\"}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.delete("/api/groups/team@digidig.test/members/G.One@DIGIDIG.test")
                        .status())
                .isEqualTo(200);
        assertThat(strings(recipient("team@digidig.test"), "accounts", "email")).containsExactly("g.two@digidig.test");
        assertThat(admin.delete("/api/groups/team@digidig.test/members/g.one@digidig.test")
                        .status())
                .isEqualTo(404);

        assertThat(admin.delete("/api/groups/" + made.text("id")).status()).isEqualTo(204);
        assertThat(recipient("team@digidig.test").text("outcome")).isEqualTo("UNKNOWN");
        assertThat(strings(admin.get("/api/audit?limit=200&q=team@"), "items", "action"))
                .contains("group-created", "group-changed", "group-deleted");
    }

    @Test
    void itSaysWhoMayPost() {
        group(admin, "closed@digidig.test", "members", "Admin+list@digidig.test", "x@elsewhere.example");
        group(admin, "inside@digidig.test", "domain", "admin@digidig.test");
        group(admin, "both@digidig.test", "members", "inside@digidig.test", "closed@digidig.test");

        assertThat(strings(recipient("closed@digidig.test"), "posters", ""))
                .containsExactlyInAnyOrder("admin@digidig.test", "x@elsewhere.example");
        assertThat(strings(recipient("inside@digidig.test"), "posters", "")).containsExactly("@digidig.test");
        assertThat(recipient("both@digidig.test").text("outcome"))
                .as("nobody may post to both")
                .isEqualTo("DISABLED");
        assertThat(admin.patch("/api/groups/closed@digidig.test", "{\"posting\":\"anyone\"}")
                        .text("posting"))
                .isEqualTo("anyone");
        assertThat(strings(recipient("closed@digidig.test"), "posters", "")).isEmpty();
    }

    @Test
    void itIsNoAliasAndGivesNoRightToSendAsIt() {
        String id = account("g.sender@digidig.test", "\"user\"");
        String group = group(admin, "list@digidig.test", "anyone", "g.sender@digidig.test")
                .text("id");

        assertThat(admin.get("/api/aliases/" + group).status()).isEqualTo(404);
        assertThat(admin.delete("/api/aliases/list@digidig.test").status()).isEqualTo(404);
        assertThat(strings(admin.get("/api/aliases?limit=200"), "items", "address"))
                .doesNotContain("list@digidig.test");
        assertThat(strings(admin.get("/api/groups?q=the%20list"), "items", "address"))
                .containsExactly("list@digidig.test");
        String basic = Base64.getEncoder().encodeToString(("smtp-service:" + SECRET).getBytes(StandardCharsets.UTF_8));
        TestHttp smtp = http.as(http.form("/oauth2/token", basic, "grant_type=client_credentials")
                .text("access_token"));
        assertThat(smtp.get("/api/internal/accounts/" + id).body().toString()).doesNotContain("list@digidig.test");
        assertThat(group(admin, "list@digidig.test", "anyone").status()).isEqualTo(409);
        assertThat(admin.post(
                                "/api/aliases",
                                "{\"address\":\"list@digidig.test\",\"targets\":[\"admin@digidig.test\"]}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatIsNotRightIsRefused() {
        assertThat(group(admin, "nonsense", "anyone").status()).isEqualTo(422);
        assertThat(group(admin, "a@not-served.test", "anyone").status()).isEqualTo(422);
        assertThat(group(admin, "self@digidig.test", "anyone", "self@digidig.test")
                        .status())
                .isEqualTo(422);
        assertThat(group(admin, "odd@digidig.test", "everybody").status()).isIn(400, 422);
        assertThat(group(http, "open@digidig.test", "anyone").status()).isEqualTo(401);
        account("g.user@digidig.test", "\"user\"");
        assertThat(group(logIn("g.user@digidig.test"), "mine@digidig.test", "anyone")
                        .status())
                .isIn(403, 422);
    }

    @Test
    void anotherDomainsAdministratorReachesNone() {
        for (String name : List.of("g-here.test", "g-there.test")) {
            admin.post("/api/domains", "{\"name\":\"%s\"}".formatted(name));
            account("boss@" + name, "\"user\",\"domain-admin\"");
        }
        TestHttp boss = logIn("boss@g-here.test");
        String theirs =
                group(admin, "team@g-there.test", "anyone", "boss@g-there.test").text("id");
        String before = admin.get("/api/groups/" + theirs).body().toString();

        for (String reference : List.of(theirs, "team@g-there.test")) {
            String path = "/api/groups/" + reference;
            assertThat(boss.get(path).status()).isEqualTo(404);
            assertThat(boss.patch(path, "{\"enabled\":false}").status()).isEqualTo(404);
            assertThat(boss.post(path + "/members", "{\"address\":\"boss@g-here.test\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(boss.delete(path + "/members/boss@g-there.test").status())
                    .isEqualTo(404);
            assertThat(boss.delete(path).status()).isEqualTo(404);
        }
        assertThat(group(boss, "more@g-there.test", "anyone").status()).isEqualTo(422);
        assertThat(admin.get("/api/groups/" + theirs).body().toString()).isEqualTo(before);

        assertThat(group(boss, "team@g-here.test", "domain", "boss@g-here.test").status())
                .isEqualTo(201);
        assertThat(strings(boss.get("/api/groups?limit=200"), "items", "address"))
                .containsExactly("team@g-here.test");
    }
}
