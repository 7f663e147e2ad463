package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A domain administrator runs its domain, and reaches nothing of another by any end point. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class DomainAdminIT {
    private static final String PASSWORD = "a password for now";

    /** What changes nothing that belongs to anybody, or is somebody's own by its path. */
    private static final Set<String> NOT_ABOUT_OTHERS =
            Set.of("/api/auth/login", "/api/auth/refresh", "/api/auth/logout", "/api/auth/key");

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
        registry.add("digidig.service-secret", () -> "a secret of this test");
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

    private String account(TestHttp by, String email, String roles) {
        Answer made = create(by, email, roles);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    private static Answer create(TestHttp by, String email, String roles) {
        return by.post(
                "/api/accounts",
                "{\"email\":\"%s\",\"password\":\"%s\",\"roles\":[%s]}".formatted(email, PASSWORD, roles));
    }

    /** A domain with an administrator of its own and a user; the administrator's client. */
    private TestHttp domain(String name) {
        assertThat(admin.post("/api/domains", "{\"name\":\"%s\"}".formatted(name))
                        .status())
                .isEqualTo(201);
        account(admin, "boss@" + name, "\"user\",\"domain-admin\"");
        account(admin, "user@" + name, "\"user\"");
        return logIn("boss@" + name);
    }

    private static List<String> items(TestHttp by, String path, String field) {
        List<String> found = new ArrayList<>();
        Answer answer = by.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        answer.body().path("items").forEach(item -> found.add(item.path(field).asString("")));
        return found;
    }

    @Test
    void itRunsItsOwnDomain() {
        TestHttp boss = domain("own.test");

        String id = account(boss, "new@own.test", "\"user\"");
        assertThat(boss.patch("/api/accounts/" + id, "{\"displayName\":\"New\"}")
                        .status())
                .isEqualTo(200);
        assertThat(items(boss, "/api/accounts?limit=200", "email"))
                .containsExactly("boss@own.test", "new@own.test", "user@own.test");
        assertThat(items(boss, "/api/domains", "name")).containsExactly("own.test");
        Answer alias = boss.post("/api/aliases", "{\"address\":\"sales@own.test\",\"targets\":[\"new@own.test\"]}");
        assertThat(alias.status()).isEqualTo(201);
        assertThat(items(boss, "/api/aliases", "address")).containsExactly("sales@own.test");
        assertThat(boss.delete("/api/accounts/" + id + "/sessions").status()).isEqualTo(204);
        assertThat(boss.delete("/api/accounts/" + id).status()).isEqualTo(204);
        assertThat(items(boss, "/api/audit?limit=200", "domain")).containsOnly("own.test");
        assertThat(items(boss, "/api/audit?limit=200", "action")).contains("account-deleted", "alias-created");
    }

    @Test
    void itHandlesTheSigningKeysOfItsDomainAndTheLogTellsOfIt() {
        TestHttp boss = domain("signed.test");
        String path = "/api/domains/signed.test/dkim";

        Answer made = boss.post(path, "");
        assertThat(made.status()).isEqualTo(201);
        String selector = made.body().at("/keys/0/selector").asString();
        assertThat(boss.post(path + "/" + selector + "/activate", "{}").status())
                .isEqualTo(200);
        assertThat(boss.post(path + "/" + selector + "/retire", "{}").status()).isEqualTo(200);
        assertThat(boss.post(path + "/rotate", "{}").status()).isEqualTo(200);

        assertThat(items(boss, "/api/audit?limit=200", "action"))
                .containsOnlyOnce("dkim-keys-made", "dkim-key-activated", "dkim-key-retired", "dkim-keys-rotated");
        assertThat(items(boss, "/api/audit?q=signed.test&limit=200", "details")).contains(selector);
    }

    @Test
    void itMakesNoAdministratorsAndTouchesNone() {
        TestHttp boss = domain("climb.test");
        String peer = account(admin, "peer@climb.test", "\"user\",\"domain-admin\"");
        String user = account(boss, "climber@climb.test", "\"user\"");

        assertThat(create(boss, "a@climb.test", "\"admin\"").status()).isEqualTo(403);
        assertThat(create(boss, "b@climb.test", "\"domain-admin\"").status()).isEqualTo(403);
        assertThat(boss.patch("/api/accounts/" + user, "{\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(boss.patch("/api/accounts/" + peer, "{\"password\":\"another password\"}")
                        .status())
                .isEqualTo(403);
        assertThat(boss.delete("/api/accounts/" + peer).status()).isEqualTo(403);
        assertThat(boss.delete("/api/accounts/" + peer + "/sessions").status()).isEqualTo(403);
        assertThat(boss.post("/api/domains", "{\"name\":\"more.test\"}").status())
                .isEqualTo(403);
        assertThat(boss.get("/api/config").status()).isEqualTo(403);
    }

    @Test
    void itReachesAnotherDomainByNoEndPoint() {
        TestHttp boss = domain("here.test");
        domain("there.test");
        String account = admin.get("/api/accounts/user@there.test").text("id");
        String alias = admin.post("/api/aliases", "{\"address\":\"x@there.test\",\"targets\":[\"user@there.test\"]}")
                .text("id");
        String domain = admin.get("/api/domains/there.test").text("id");
        String group = admin.post("/api/groups", "{\"address\":\"g@there.test\",\"members\":[\"user@there.test\"]}")
                .text("id");
        String selector = admin.get("/api/domains/there.test/dkim")
                .body()
                .at("/keys/0/selector")
                .asString();
        TestHttp user = logIn("user@there.test");
        String mine = "/api/accounts/me";
        String session = admin.get("/api/accounts/" + account + "/sessions")
                .body()
                .at("/0/id")
                .asString();
        String password =
                user.post(mine + "/app-passwords", "{\"name\":\"phone\"}").text("id");
        String key = user.post(
                        mine + "/api-keys",
                        "{\"name\":\"p\",\"scopes\":[\"mail.read\"],\"expiresAt\":\"%s\"}"
                                .formatted(Instant.now().plus(Duration.ofDays(1))))
                .text("id");
        assertThat(List.of(group, selector, session, password, key)).doesNotContain("");
        String deleted = account(admin, "deleted@there.test", "\"user\"");
        admin.delete("/api/accounts/" + deleted);
        Supplier<String> state = () -> state(account, alias, domain, group);
        String before = state.get();

        List<String> tried = new ArrayList<>();
        http.get("/v3/api-docs").body().path("paths").forEachEntry((path, operations) -> {
            if (path.matches(".*/me(/.*)?") || NOT_ABOUT_OTHERS.contains(path) || !path.contains("{")) {
                return;
            }
            String target = path.replace("{account}", path.contains("/deleted/") ? deleted : account)
                    .replace("{alias}", alias)
                    .replace("{domain}", domain)
                    .replace("{group}", group)
                    .replace("{address}", "user@there.test")
                    .replace("{selector}", selector)
                    .replace("{session}", session)
                    .replace("{password}", password)
                    .replace("{key}", key)
                    .replaceAll("\\{[a-z]+}", "x");
            operations.forEachEntry((method, operation) -> {
                tried.add(method + " " + path);
                assertThat(boss.call(method, target, "{}").status())
                        .as(method + " " + path)
                        .isIn(403, 404, 422);
            });
        });

        assertThat(tried)
                .hasSizeGreaterThan(15)
                .contains(
                        "delete /api/accounts/{account}",
                        "patch /api/aliases/{alias}",
                        "delete /api/groups/{group}/members/{address}",
                        "post /api/accounts/deleted/{account}/restore",
                        "delete /api/accounts/{account}/api-keys/{key}",
                        "put /api/domains/{domain}/limits",
                        "post /api/domains/{domain}/dkim/rotate");
        assertThat(state.get()).isEqualTo(before);
        assertThat(create(boss, "me@there.test", "\"user\"").status()).isEqualTo(422);
        assertThat(boss.post("/api/aliases", "{\"address\":\"y@there.test\",\"targets\":[\"boss@here.test\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(items(boss, "/api/accounts?q=there", "email")).isEmpty();
        assertThat(items(boss, "/api/aliases?q=there", "address")).isEmpty();
        assertThat(items(boss, "/api/audit?q=there", "subject")).isEmpty();
        assertThat(boss.text("/api/audit/export?q=there")).doesNotContain("there.test");
    }

    private String state(String account, String alias, String domain, String group) {
        return admin.get("/api/accounts/" + account).body().toString()
                + admin.get("/api/accounts/" + account + "/sessions").body()
                + admin.get("/api/accounts/" + account + "/app-passwords").body()
                + admin.get("/api/accounts/" + account + "/api-keys").body()
                + admin.get("/api/accounts/deleted").body()
                + admin.get("/api/groups/" + group).body()
                + admin.get("/api/domains/" + domain + "/limits").body()
                + admin.get("/api/aliases/" + alias).body()
                + admin.get("/api/domains/" + domain).body()
                + admin.get("/api/domains/" + domain + "/dkim").body();
    }

    @Test
    void deletedAccountsAndTakenAddressesOfOtherDomainsStayOutOfReach() {
        TestHttp boss = domain("near.test");
        domain("far.test");
        String taken = "{\"addresses\":[\"user@far.test\",\"user@near.test\"]}";
        assertThat(boss.post("/api/accounts/taken", taken).body().path("taken").toString())
                .isEqualTo("[\"user@near.test\"]");
        String far = admin.get("/api/accounts/user@far.test").text("id");
        String near = admin.get("/api/accounts/user@near.test").text("id");
        admin.delete("/api/accounts/" + far);
        boss.delete("/api/accounts/" + near);

        assertThat(boss.get("/api/accounts/deleted").body().toString())
                .contains("user@near.test")
                .doesNotContain("user@far.test");
        assertThat(boss.post("/api/accounts/deleted/" + far + "/restore", "").status())
                .isEqualTo(404);
        assertThat(boss.delete("/api/accounts/deleted/" + far).status()).isEqualTo(404);
        assertThat(boss.post("/api/accounts/deleted/" + near + "/restore", "").status())
                .isEqualTo(200);
    }

    @Test
    void itsDomainsAreGivenByAdministrators() {
        TestHttp boss = domain("first.test");
        domain("second.test");
        String path = "/api/accounts/boss@first.test/domains";
        assertThat(admin.get(path).body().path("domains").toString()).isEqualTo("[\"first.test\"]");
        assertThat(boss.call("put", path, "{\"domains\":[\"second.test\"]}").status())
                .isEqualTo(403);

        assertThat(admin.call("put", path, "{\"domains\":[\"second.test\"]}").status())
                .isEqualTo(200);
        assertThat(items(boss, "/api/domains", "name")).containsExactly("second.test");
        assertThat(boss.get("/api/accounts/user@second.test").status()).isEqualTo(200);
        assertThat(boss.get("/api/accounts/user@first.test").status()).isEqualTo(404);
    }

    private Answer limit(String domain, String limits) {
        return admin.call("put", "/api/domains/" + domain + "/limits", limits);
    }

    private static String field(Answer refused) {
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
        return refused.body().path("errors").path(0).path("field").asString("");
    }

    private static Answer withQuota(TestHttp by, String email, long quota) {
        return by.post("/api/accounts", "{\"email\":\"%s\",\"quota\":%d}".formatted(email, quota));
    }

    @Test
    void aDomainHasNoMoreAccountsThanItMay() {
        TestHttp boss = domain("full.test");
        assertThat(limit("full.test", "{\"maxAccounts\":3}").status()).isEqualTo(200);
        String third = account(boss, "third@full.test", "\"user\"");

        assertThat(field(create(boss, "fourth@full.test", "\"user\""))).isEqualTo("email");
        assertThat(field(admin.post("/api/accounts", "{\"email\":\"fourth@full.test\"}")))
                .as("invited, by whoever")
                .isEqualTo("email");
        boss.delete("/api/accounts/" + third);
        assertThat(field(create(boss, "fourth@full.test", "\"user\"")))
                .as("the deleted one can be restored")
                .isEqualTo("email");
        assertThat(boss.post("/api/accounts/deleted/" + third + "/restore", "").status())
                .isEqualTo(200);
        boss.delete("/api/accounts/" + third);
        boss.delete("/api/accounts/deleted/" + third);
        account(boss, "fourth@full.test", "\"user\"");
        assertThat(boss.get("/api/domains/full.test/limits")
                        .body()
                        .at("/use/accounts")
                        .asInt(0))
                .isEqualTo(3);
    }

    @Test
    void theAccountsOfADomainHaveTheStorageLimitsThatItMayGive() {
        TestHttp boss = domain("quota.test");
        for (String local : List.of("boss", "user")) {
            assertThat(admin.patch("/api/accounts/" + local + "@quota.test", "{\"quota\":100}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(limit("quota.test", "{\"defaultQuota\":300,\"maxQuota\":500,\"totalQuota\":1000}")
                        .status())
                .isEqualTo(200);

        String usual = account(boss, "usual@quota.test", "\"user\"");
        assertThat(boss.get("/api/accounts/" + usual).body().path("quota").asLong(0))
                .isEqualTo(300);
        assertThat(field(withQuota(boss, "large@quota.test", 501))).isEqualTo("quota");
        assertThat(field(withQuota(boss, "endless@quota.test", 0))).isEqualTo("quota");
        assertThat(withQuota(boss, "second@quota.test", 500).status()).isEqualTo(201);
        assertThat(field(withQuota(boss, "third@quota.test", 1))).isEqualTo("quota");
        String path = "/api/accounts/" + usual;
        assertThat(field(boss.patch(path, "{\"quota\":301}"))).isEqualTo("quota");
        assertThat(field(boss.patch(path, "{\"quota\":0}"))).isEqualTo("quota");
        assertThat(boss.patch(path, "{\"displayName\":\"Usual\"}").status()).isEqualTo(200);
        assertThat(boss.patch(path, "{\"quota\":200}").status()).isEqualTo(200);
        assertThat(withQuota(boss, "third@quota.test", 100).status()).isEqualTo(201);
        assertThat(boss.get("/api/domains/quota.test/limits")
                        .body()
                        .at("/use/quota")
                        .asLong(0))
                .isEqualTo(1000);
    }

    @Test
    void twoAtOnceExceedNoLimit() throws InterruptedException {
        domain("race.test");
        assertThat(limit("race.test", "{\"maxAccounts\":5}").status()).isEqualTo(200);

        List<Thread> makers = IntStream.range(0, 8)
                .mapToObj(number -> Thread.startVirtualThread(
                        () -> admin.post("/api/accounts", "{\"email\":\"r%d@race.test\"}".formatted(number))))
                .toList();
        for (Thread maker : makers) {
            maker.join();
        }

        assertThat(items(admin, "/api/accounts?q=@race.test", "email")).hasSize(5);
    }

    @Test
    void itSeesTheLimitsOfItsDomainAndRaisesNone() {
        TestHttp boss = domain("bound.test");
        assertThat(limit("bound.test", "{\"maxAccounts\":9,\"dailyMessages\":50}")
                        .status())
                .isEqualTo(200);

        assertThat(boss.get("/api/domains/bound.test/limits").body().toString())
                .contains("\"maxAccounts\":9", "\"dailyMessages\":50", "\"unlimited\":2");
        assertThat(boss.call("put", "/api/domains/bound.test/limits", "{\"maxAccounts\":99}")
                        .status())
                .isEqualTo(403);
        assertThat(items(boss, "/api/audit?q=maxAccounts=9", "action")).containsExactly("domain-changed");
        String id = admin.get("/api/accounts/user@bound.test").text("id");
        assertThat(http.as(serviceToken())
                        .get("/api/internal/accounts/" + id)
                        .body()
                        .path("domainMessages")
                        .asInt(0))
                .isEqualTo(50);
    }

    private String serviceToken() {
        String basic = Base64.getEncoder()
                .encodeToString("smtp-service:a secret of this test".getBytes(StandardCharsets.UTF_8));
        return http.form("/oauth2/token", basic, "grant_type=client_credentials&scope=internal")
                .text("access_token");
    }

    @Test
    void limitsThatContradictThemselvesAreRefusedAtTheirFields() {
        domain("odd.test");
        assertThat(field(limit("odd.test", "{\"defaultQuota\":2,\"maxQuota\":1}")))
                .isEqualTo("defaultQuota");
        assertThat(field(limit("odd.test", "{\"maxQuota\":2,\"totalQuota\":1}")))
                .isEqualTo("totalQuota");
        assertThat(field(limit("odd.test", "{\"totalQuota\":1}"))).isEqualTo("defaultQuota");
        assertThat(field(limit("odd.test", "{\"maxAccounts\":-1}"))).isEqualTo("maxAccounts");
        assertThat(limit("nowhere.test", "{}").status()).isEqualTo(404);
        assertThat(limit("odd.test", "{}").status()).isEqualTo(200);
    }

    @Test
    void commonPasswordsAndTheAddressAreRefused() {
        for (String password : List.of("password123", "QWERTYuiop", "aaaaaaaaaa", "pw.user@digidig.test")) {
            Answer refused = admin.post(
                    "/api/accounts", "{\"email\":\"pw.user@digidig.test\",\"password\":\"%s\"}".formatted(password));
            assertThat(refused.status()).as(password).isEqualTo(422);
            assertThat(refused.body().path("errors").path(0).path("field").asString(""))
                    .isEqualTo("password");
        }
    }

    @Test
    void aProfileIsKept() {
        TestHttp boss = domain("profile.test");
        String profile =
                "{\"displayName\":\"Boss\",\"language\":\"cs\",\"timeZone\":\"Europe/Prague\",\"theme\":\"dark\"}";

        assertThat(boss.get("/api/accounts/me/profile").text("theme")).isEqualTo("system");
        assertThat(boss.call("put", "/api/accounts/me/profile", profile).status())
                .isEqualTo(200);
        assertThat(boss.get("/api/accounts/me/profile").text("timeZone")).isEqualTo("Europe/Prague");
        assertThat(boss.get("/api/accounts/me").text("displayName")).isEqualTo("Boss");
        assertThat(boss.call("put", "/api/accounts/me/profile", profile.replace("Prague", "Atlantis"))
                        .status())
                .isEqualTo(422);
        assertThat(boss.call("put", "/api/accounts/me/profile", profile.replace("\"cs\"", "\"xx\""))
                        .status())
                .isEqualTo(422);
        assertThat(boss.call("put", "/api/accounts/me/profile", profile.replace("dark", "pink"))
                        .status())
                .isEqualTo(422);
    }
}
