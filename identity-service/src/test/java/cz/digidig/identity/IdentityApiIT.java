package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cz.digidig.common.api.identity.AccountSummary;
import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.identity.RecipientResolution.Outcome;
import cz.digidig.identity.TestHttp.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;

/** The whole service over HTTP, with its own PostgreSQL. Tests share it, so each uses names of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class IdentityApiIT {
    private static final String DEMO = "demo password";
    private static final String BASIC =
            Base64.getEncoder().encodeToString("smtp-service:a secret of this test".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    private TestHttp http;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> "a secret of this test");
        registry.add("digidig.identity.seed.demo-password", () -> DEMO);
    }

    @BeforeEach
    void client() {
        http = new TestHttp(port, null);
    }

    private Answer logIn(String email, String password) {
        return http.post("/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    private TestHttp person(String email, String password) {
        Answer answer = logIn(email, password);
        assertThat(answer.status()).isEqualTo(200);
        return http.as(answer.text("access_token"));
    }

    private TestHttp admin() throws IOException {
        return person("admin@digidig.test", adminPassword());
    }

    private static String adminPassword() throws IOException {
        return Files.readString(folder.resolve("data/initial-admin-password")).strip();
    }

    private Answer account(String local) throws IOException {
        Answer made = admin().post(
                        "/api/accounts", "{\"email\":\"%s@digidig.test\",\"password\":\"%s\"}".formatted(local, DEMO));
        assertThat(made.status()).isEqualTo(201);
        return made;
    }

    private String serviceToken() {
        Answer answer = http.form("/oauth2/token", BASIC, "grant_type=client_credentials");
        assertThat(answer.status()).isEqualTo(200);
        return answer.text("access_token");
    }

    private IdentityApi internal() {
        // The default client would wait and repeat what is refused with Retry-After.
        RestClient client = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + serviceToken())
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(IdentityApi.class);
    }

    private static List<String> fields(Answer refused) {
        List<String> fields = new ArrayList<>();
        refused.body()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asString("")));
        return fields;
    }

    @Test
    void aPersonLogsInAndSeesTheOwnAccount() {
        Answer pair = logIn("Alice@DIGiDIG.test", DEMO);

        assertThat(pair.status()).isEqualTo(200);
        assertThat(pair.text("token_type")).isEqualTo("Bearer");
        assertThat(pair.body().path("expires_in").asInt()).isEqualTo(900);
        assertThat(pair.header("Cache-Control")).hasValue("no-store");
        Answer me = http.as(pair.text("access_token")).get("/api/accounts/me");
        assertThat(me.text("email")).isEqualTo("alice@digidig.test");
        assertThat(me.body().path("roles").toString()).isEqualTo("[\"user\"]");
    }

    @Test
    void wrongCredentialsAreRefusedAlikeForEverybody() {
        Answer wrong = logIn("bob@digidig.test", "not the password");
        Answer unknown = logIn("nobody@digidig.test", "not the password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("type")).isEqualTo("urn:digidig:problem:invalid-credentials");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void bodiesThatCannotBeAreRefusedFieldByField() {
        assertThat(http.post("/api/auth/login", "{").status()).isEqualTo(400);
        Answer unknown = http.post("/api/auth/login", "{\"email\":\"a@b\",\"password\":\"x\",\"admin\":true}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(fields(unknown)).containsExactly("admin");
        Answer missing = http.post("/api/auth/login", "{}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(fields(missing)).containsExactlyInAnyOrder("email", "password");
    }

    @Test
    void aRefreshTokenIsGoodForOneUseAndItsReuseEndsTheSession() {
        String first = logIn("alice@digidig.test", DEMO).text("refresh_token");
        Answer next = refresh(first);
        assertThat(next.status()).isEqualTo(200);
        String second = next.text("refresh_token");
        assertThat(second).isNotEqualTo(first);
        assertThat(http.as(next.text("access_token")).get("/api/accounts/me").status())
                .isEqualTo(200);

        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(second).status()).isEqualTo(401);
    }

    private Answer refresh(String token) {
        return http.post("/api/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }

    @Test
    void aReuseEndsNoOtherSession() {
        String mine = logIn("alice@digidig.test", DEMO).text("refresh_token");
        String other = logIn("alice@digidig.test", DEMO).text("refresh_token");
        refresh(mine);
        refresh(mine);

        assertThat(refresh(other).status()).isEqualTo(200);
    }

    @Test
    void aLogOutEndsTheSessionAndMayBeRepeated() {
        String token = logIn("alice@digidig.test", DEMO).text("refresh_token");
        String body = "{\"refresh_token\":\"%s\"}".formatted(token);

        assertThat(http.post("/api/auth/logout", body).status()).isEqualTo(204);
        assertThat(http.post("/api/auth/logout", body).status()).isEqualTo(204);
        assertThat(refresh(token).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts", "/api/accounts/x", "/api/domains", "/api/aliases", "/api/config"})
    void administrationNeedsItsScope(String path) {
        assertThat(http.get(path).status()).isEqualTo(401);
        assertThat(person("bob@digidig.test", DEMO).get(path).status()).isEqualTo(403);
        assertThat(http.as(serviceToken()).get(path).status()).isEqualTo(403);
    }

    @Test
    void internalCallsAreForServicesAlone() throws IOException {
        String path = "/api/internal/recipients/alice@digidig.test";

        assertThat(http.get(path).status()).isEqualTo(401);
        assertThat(admin().get(path).status()).isEqualTo(403);
        assertThat(http.as(serviceToken()).get(path).status()).isEqualTo(200);
    }

    @Test
    void accountsAreMadeChangedListedAndDeleted() throws IOException {
        TestHttp admin = admin();
        Answer made = admin.post("/api/accounts", """
                {"email":"Paging.One@digidig.test","password":"long enough","displayName":"First of Paging",
                 "roles":["user","domain-admin"],"quota":1000000}
                """);
        assertThat(made.status()).isEqualTo(201);
        String path = made.header("Location").orElseThrow();
        assertThat(path).isEqualTo("/api/accounts/" + made.text("id"));
        assertThat(admin.get(path).body()).isEqualTo(made.body());
        assertThat(admin.get("/api/accounts/paging.one@digidig.test").body()).isEqualTo(made.body());
        assertThat(admin.post("/api/accounts", "{\"email\":\"paging.ONE@digidig.test\",\"password\":\"long enough\"}")
                        .status())
                .isEqualTo(409);

        account("paging.two");
        account("paging.three");
        assertThat(emails(admin, "/api/accounts?q=Paging.&limit=2"))
                .containsExactly("Paging.One@digidig.test", "paging.three@digidig.test", "paging.two@digidig.test");
        assertThat(emails(admin, "/api/accounts?q=first%20OF%20pag")).containsExactly("Paging.One@digidig.test");

        Answer changed = admin.patch(path, "{\"quota\":5,\"displayName\":\"Renamed\"}");
        assertThat(changed.body().path("quota").asLong()).isEqualTo(5);
        assertThat(changed.text("displayName")).isEqualTo("Renamed");
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.get(path).status()).isEqualTo(404);
        // Its address is kept for it while it can be restored.
        assertThat(admin.post("/api/accounts", "{\"email\":\"paging.one@digidig.test\",\"password\":\"long enough\"}")
                        .status())
                .isEqualTo(409);
    }

    private static List<String> emails(TestHttp admin, String path) {
        List<String> emails = new ArrayList<>();
        @Nullable String next = "";
        while (next != null) {
            JsonNode page = admin.get(path + next).body();
            page.path("items").forEach(item -> emails.add(item.path("email").asString("")));
            next = page.has("next") ? "&cursor=" + page.path("next").asString("") : null;
        }
        return emails;
    }

    @Test
    void anAccountThatCannotBeIsRefusedFieldByField() throws IOException {
        Answer refused =
                admin().post("/api/accounts", "{\"email\":\"\",\"password\":\"short\",\"quota\":-1,\"roles\":[]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(new TreeSet<>(fields(refused)))
                .isEqualTo(new TreeSet<>(Set.of("email", "password", "quota", "roles")));
        for (String email : List.of("no address", "a b@digidig.test", "a+tag@digidig.test", "a@elsewhere.test")) {
            Answer answer =
                    admin().post("/api/accounts", "{\"email\":\"%s\",\"password\":\"long enough\"}".formatted(email));
            assertThat(answer.status()).as(email).isEqualTo(422);
            assertThat(fields(answer)).containsExactly("email");
        }
        assertThat(admin().post(
                                "/api/accounts",
                                "{\"email\":\"r@digidig.test\",\"password\":\"long enough\",\"roles\":[\"root\"]}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aTextWithNulIsRefusedAtItsField() throws IOException {
        Answer named = admin().post("/api/accounts/me/app-passwords", "{\"name\":\"\\u0000\"}");
        assertThat(named.status()).isEqualTo(422);
        assertThat(fields(named)).containsExactly("name");
        assertThat(admin().post("/api/groups", "{\"address\":\"n@digidig.test\",\"members\":[\"a\\u0000@x.test\"]}")
                        .status())
                .isEqualTo(422);
        for (String query : List.of("q=a%00", "cursor=AA")) {
            assertThat(admin().get("/api/accounts?" + query).status()).as(query).isEqualTo(422);
        }
    }

    @Test
    void aDomainWithAccountsStaysAndAnEmptyOneGoes() throws IOException {
        TestHttp admin = admin();
        Answer made = admin.post("/api/domains", "{\"name\":\"Bücher.Test\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("xn--bcher-kva.test");
        assertThat(admin.post("/api/domains", "{\"name\":\"bücher.test\"}").status())
                .isEqualTo(409);
        assertThat(admin.post("/api/domains", "{\"name\":\"-\"}").status()).isEqualTo(422);

        assertThat(admin.delete("/api/domains/digidig.test").status()).isEqualTo(409);
        assertThat(admin.delete("/api/domains/" + made.text("id")).status()).isEqualTo(204);
        assertThat(admin.get("/api/domains/xn--bcher-kva.test").status()).isEqualTo(404);
    }

    @Test
    void theLastAdministratorStays() throws IOException {
        TestHttp admin = admin();

        assertThat(admin.delete("/api/accounts/admin@digidig.test").status()).isEqualTo(409);
        assertThat(admin.patch("/api/accounts/admin@digidig.test", "{\"enabled\":false}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.patch("/api/accounts/admin@digidig.test", "{\"roles\":[\"user\"]}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.get("/api/accounts/me").body().path("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void aChangedPasswordNeedsTheOldOneAndEndsTheSessions() throws IOException {
        account("changer");
        Answer pair = logIn("changer@digidig.test", DEMO);
        TestHttp changer = http.as(pair.text("access_token"));

        assertThat(fields(changer.patch(
                        "/api/accounts/me", "{\"password\":\"a new password\",\"currentPassword\":\"wrong\"}")))
                .containsExactly("currentPassword");
        assertThat(changer.patch("/api/accounts/me", "{\"password\":\"a new password\"}")
                        .status())
                .isEqualTo(422);
        assertThat(changer.patch("/api/accounts/me", "{\"roles\":[\"admin\"]}").status())
                .isEqualTo(422);
        assertThat(changer.patch(
                                "/api/accounts/me",
                                "{\"password\":\"a new password\",\"currentPassword\":\"%s\"}".formatted(DEMO))
                        .status())
                .isEqualTo(200);

        assertThat(refresh(pair.text("refresh_token")).status()).isEqualTo(401);
        assertThat(logIn("changer@digidig.test", DEMO).status()).isEqualTo(401);
        assertThat(logIn("changer@digidig.test", "a new password").status()).isEqualTo(200);
    }

    @Test
    void aDisabledAccountHasNoLogInNoSessionAndNoMail() throws IOException {
        String id = account("leaver").text("id");
        Answer pair = logIn("leaver@digidig.test", DEMO);
        assertThat(admin().patch("/api/accounts/" + id, "{\"enabled\":false}").status())
                .isEqualTo(200);

        assertThat(logIn("leaver@digidig.test", DEMO).status()).isEqualTo(401);
        assertThat(refresh(pair.text("refresh_token")).status()).isEqualTo(401);
        assertThat(internal().recipient("leaver@digidig.test").outcome()).isEqualTo(Outcome.DISABLED);
        assertThat(internal().account(id).enabled()).isFalse();
    }

    @Test
    void theFirstPasswordIsForgottenWhenItIsChanged() throws IOException {
        TestHttp admin = admin();
        String first = adminPassword();
        Path file = folder.resolve("data/initial-admin-password");

        Answer changed = admin.patch(
                "/api/accounts/me", "{\"password\":\"%s!\",\"currentPassword\":\"%s\"}".formatted(first, first));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(file).doesNotExist();
        // The other tests go on with it.
        Files.writeString(file, first + "!\n");
    }

    @Test
    void aMailLogInGivesTheAccountAndItsSenders() throws IOException {
        String id = account("sender").text("id");
        TestHttp admin = admin();
        assertThat(alias(admin, "sales@digidig.test", "sender+sales@digidig.test")
                        .status())
                .isEqualTo(201);
        assertThat(alias(admin, "info@digidig.test", "sales@digidig.test").status())
                .isEqualTo(201);
        assertThat(alias(admin, "sender@digidig.test", "bob@digidig.test").status())
                .isEqualTo(409);

        AccountSummary summary =
                internal().authenticate(new AuthenticationRequest("Sender@digidig.test", DEMO, "imap", "192.0.2.7"));

        assertThat(summary).isEqualTo(internal().account(id));
        assertThat(summary.id()).isEqualTo(id);
        assertThat(summary.senders()).containsExactly("sender@digidig.test", "sales@digidig.test", "info@digidig.test");
        assertThat(summary.roles()).containsExactly("user");
        TestHttp own = http.as(logIn("sender@digidig.test", DEMO).text("access_token"));
        assertThat(own.get("/api/accounts/me/addresses").body().path("items").values())
                .extracting(JsonNode::asString)
                .isEqualTo(summary.senders());
        assertThatThrownBy(() -> internal().account("nobody")).isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    private static Answer alias(TestHttp admin, String address, String target) {
        return admin.post("/api/aliases", "{\"address\":\"%s\",\"targets\":[\"%s\"]}".formatted(address, target));
    }

    @Test
    void mailIsResolvedThroughAliasesTagsAndCatchAlls() throws IOException {
        TestHttp admin = admin();
        String bob = admin.get("/api/accounts/bob@digidig.test").text("id");
        assertThat(admin.post("/api/domains", "{\"name\":\"catch.test\"}").status())
                .isEqualTo(201);
        assertThat(alias(admin, "@catch.test", "bob@digidig.test").status()).isEqualTo(201);
        Answer list = admin.post(
                "/api/aliases",
                "{\"address\":\"list@catch.test\",\"targets\":[\"BOB+x@digidig.test\",\"list2@catch.test\",\"out@else.test\"]}");
        assertThat(alias(admin, "list2@catch.test", "list@catch.test").status()).isEqualTo(201);

        assertThat(accounts(internal().recipient("anything@catch.test"))).containsExactly(bob);
        RecipientResolution resolution = internal().recipient("LIST@catch.test");
        assertThat(accounts(resolution)).containsExactly(bob);
        assertThat(resolution.forwards()).containsExactly("out@else.test");
        assertThat(internal().recipient("postmaster@digidig.test").outcome()).isEqualTo(Outcome.DELIVERABLE);

        String path = list.header("Location").orElseThrow();
        assertThat(admin.patch(path, "{\"enabled\":false}")
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(internal().recipient("list@catch.test").outcome()).isEqualTo(Outcome.DISABLED);
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(accounts(internal().recipient("list@catch.test"))).containsExactly(bob);
        assertThat(admin.delete("/api/domains/catch.test").status()).isEqualTo(409);
    }

    private static List<String> accounts(RecipientResolution resolution) {
        return resolution.accounts().stream()
                .map(RecipientResolution.LocalRecipient::account)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nobody@digidig.test                 | UNKNOWN
                    alice@elsewhere.test                | NOT_LOCAL
                    alice%elsewhere.test@digidig.test   | UNKNOWN
                    a/b//c@digidig.test                 | UNKNOWN
                    ../../alice@digidig.test            | UNKNOWN
                    "a;b\\"c"@digidig.test              | UNKNOWN
                    alice+a/b%c@digidig.test            | DELIVERABLE
                    "alice"@digidig.test                | DELIVERABLE
                    žluť@digidig.test                   | UNKNOWN
                    not an address                      | UNKNOWN
                    {x}?y=1#z@digidig.test              | UNKNOWN
                    """)
    void strangeAddressesAreAnsweredLikeOthers(String address, Outcome outcome) {
        assertThat(internal().recipient(address).outcome()).isEqualTo(outcome);
    }

    @Test
    void guessingIsSlowedDownAndSaysUntilWhen() throws IOException {
        account("guessed");
        IdentityApi internal = internal();
        AuthenticationRequest guess =
                new AuthenticationRequest("guessed@digidig.test", "wrong guess", "imap", "198.51.100.77");
        AuthenticationRequest owner = new AuthenticationRequest("guessed@digidig.test", DEMO, "imap", "192.0.2.8");
        internal.authenticate(owner);

        // A slow machine may let the first short waits pass; it cannot outrun their doubling.
        HttpClientErrorException refused = refusal(internal, guess);
        int guesses = 1;
        while (refused.getStatusCode().value() == 401 && guesses < 15) {
            refused = refusal(internal, guess);
            guesses++;
        }
        assertThat(guesses).isGreaterThan(5);
        assertThat(refused).isInstanceOf(HttpClientErrorException.TooManyRequests.class);
        HttpHeaders headers = refused.getResponseHeaders();
        assertThat(headers == null ? null : headers.getFirst("Retry-After")).matches("[1-9][0-9]*");
        assertThat(internal.authenticate(owner).email()).isEqualTo("guessed@digidig.test");
    }

    private static HttpClientErrorException refusal(IdentityApi internal, AuthenticationRequest guess) {
        return catchThrowableOfType(HttpClientErrorException.class, () -> internal.authenticate(guess));
    }

    @Test
    void onlyServicesWithTheSecretGetAServiceToken() {
        String wrong = Base64.getEncoder().encodeToString("smtp-service:guess".getBytes(StandardCharsets.UTF_8));
        String stranger =
                Base64.getEncoder().encodeToString("stranger:a secret of this test".getBytes(StandardCharsets.UTF_8));

        Answer refused = http.form("/oauth2/token", wrong, "grant_type=client_credentials");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("error")).isEqualTo("invalid_client");
        assertThat(http.form("/oauth2/token", stranger, "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        assertThat(http.form("/oauth2/token", BASIC, "grant_type=password").text("error"))
                .isEqualTo("unsupported_grant_type");
        assertThat(http.form("/oauth2/token", BASIC, "grant_type=client_credentials&scope=admin")
                        .text("error"))
                .isEqualTo("invalid_scope");
    }

    @Test
    void aRotatedKeyLeavesTokensValid() throws IOException {
        TestHttp before = admin();
        int keys = http.get("/oauth2/jwks").body().path("keys").size();

        assertThat(before.post("/api/keys/rotate", "").status()).isEqualTo(204);

        JsonNode published = http.get("/oauth2/jwks").body().path("keys");
        assertThat(published.size()).isEqualTo(keys + 1);
        assertThat(published.toString()).doesNotContain("\"d\":", "\"p\":");
        assertThat(before.get("/api/accounts/me").status()).isEqualTo(200);
        assertThat(admin().get("/api/accounts/me").status()).isEqualTo(200);
    }

    @Test
    void settingsCountAtOnce() throws IOException {
        TestHttp admin = admin();
        assertThat(admin.patch("/api/config", "{\"passwords\":{\"minimumLength\":12}}")
                        .status())
                .isEqualTo(200);
        Answer refused = admin.post("/api/accounts", "{\"email\":\"strict@digidig.test\",\"password\":\"ten chars!\"}");
        assertThat(admin.patch("/api/config", "{\"passwords\":{\"minimumLength\":8}}")
                        .status())
                .isEqualTo(200);

        assertThat(fields(refused)).containsExactly("password");
        assertThat(admin.patch("/api/config", "{\"tokens\":{\"accessMinutes\":0}}")
                        .status())
                .isEqualTo(422);
        assertThat(folder.resolve("data/identity_config.json")).exists();
    }

    @Test
    void changesAreToldWhenTheyAreCommitted() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + IdentityApi.EVENTS_PATH))
                .header("Authorization", "Bearer " + serviceToken())
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            String id = account("announced").text("id");
            String line = lines.readLine();
            while (line != null && !line.contains(id)) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("data:{\"kind\":\"ACCOUNT\",\"id\":\"" + id + "\"}");
            assertThat(internal().account(id).id()).isEqualTo(id);
            client.shutdownNow();
        }
    }

    @Test
    void healthIsOpenAndNamesTheDatabase() {
        Answer health = http.get("/api/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text("status")).isEqualTo("UP");
        assertThat(health.body()
                        .path("dependencies")
                        .path("postgresql")
                        .path("status")
                        .asString(""))
                .isEqualTo("UP");
        assertThat(http.get("/v3/api-docs").body().path("paths").has("/api/accounts/{account}"))
                .isTrue();
    }
}
