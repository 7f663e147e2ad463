package cz.digidig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import cz.digidig.identity.TestBrowser.Page;
import cz.digidig.identity.TestRelyingParty.Attempt;
import cz.digidig.identity.TestRelyingParty.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing in at the OpenID provider as relying parties and browsers do it, and as attackers try to. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ActiveProfiles("embedded")
class ProviderIT {
    private static final String PASSWORD = "demo password";
    private static final String SECRET = "a secret of this test";
    private static final int PORT = FreePort.find();
    private static final String ISSUER = "http://127.0.0.1:" + PORT;
    private static final String ADMIN_UI = "http://127.0.0.1:8005";
    private static final String CALLBACK = ADMIN_UI + "/login/oauth2/code/digidig";
    private static final String SCOPES = "openid profile email offline_access account admin";

    @TempDir
    private static Path folder;

    private TestRelyingParty admin;
    private final TestBrowser browser = new TestBrowser(PORT);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs"));
        registry.add("digidig.service-secret", () -> SECRET);
        registry.add("digidig.identity.public-url", () -> ISSUER);
        registry.add("digidig.identity.clients.admin-url", () -> ADMIN_UI);
        registry.add("digidig.identity.seed.admin-password", () -> PASSWORD);
        registry.add("digidig.identity.seed.demo-password", () -> PASSWORD);
    }

    @BeforeEach
    void discover() {
        admin = TestRelyingParty.of(ISSUER, "admin", SECRET, CALLBACK);
    }

    private static Page signIn(TestBrowser browser, URI start, String email) {
        Page form = browser.go(start);
        assertThat(form.uri().getPath()).isEqualTo("/sign-in");
        return browser.submit(form, "/sign-in", Map.of("email", email, "password", PASSWORD));
    }

    private Tokens tokens(TestRelyingParty party, String scopes, String email) {
        Attempt attempt = party.begin(scopes);
        Page answer = signIn(browser, attempt.uri(), email);
        assertThat(answer.elsewhere()).as(answer.uri().toString()).isTrue();
        return party.exchange(party.code(attempt, answer.uri()), attempt.verifier());
    }

    private static int status(String accessToken, String path) {
        return new TestHttp(PORT, accessToken).get(path).status();
    }

    @Test
    void discoveryTellsWhatARelyingPartyNeeds() {
        assertThat(admin.provider().getIssuer().getValue()).isEqualTo(ISSUER);
        assertThat(admin.provider().getJWKSetURI()).hasToString(ISSUER + "/oauth2/jwks");
        assertThat(admin.provider().getEndSessionEndpointURI()).hasToString(ISSUER + "/connect/logout");
        assertThat(admin.provider().getCodeChallengeMethods()).hasToString("[S256]");
        assertThat(admin.provider().getScopes().toStringList())
                .contains("openid", "offline_access", "mail.read", "account", "admin");
    }

    @Test
    void anAdministratorSignsInOnceAndGetsTokensThatEveryServiceTakes() throws Exception {
        Attempt attempt = admin.begin(SCOPES);
        Page first = signIn(browser, attempt.uri(), "admin@digidig.test");
        assertThat(first.uri().getPath()).isEqualTo("/sign-in/new-password");
        Page answer = browser.submit(
                first, "/sign-in/new-password", Map.of("password", "an own password", "again", "an own password"));
        assertThat(answer.uri().toString()).startsWith(CALLBACK + "?");
        Tokens tokens = admin.exchange(admin.code(attempt, answer.uri()), attempt.verifier());

        IDTokenClaimsSet id = admin.verify(tokens, attempt.nonce());
        assertThat(id.getStringClaim("email")).isEqualTo("admin@digidig.test");
        assertThat(id.getStringClaim("sid")).isNotBlank();
        assertThat(id.getAuthenticationTime()).isNotNull();
        JWTClaimsSet access = SignedJWT.parse(tokens.access()).getJWTClaimsSet();
        assertThat(access.getSubject()).isEqualTo(id.getSubject().getValue());
        assertThat(access.getStringClaim("email")).isEqualTo("admin@digidig.test");
        assertThat(access.getStringListClaim("roles")).containsExactly("user", "admin");
        assertThat(access.getStringClaim("scope")).isEqualTo("account admin email offline_access openid profile");
        assertThat(status(tokens.access(), "/api/accounts")).isEqualTo(200);

        Attempt second = admin.begin(SCOPES);
        assertThat(browser.go(second.uri()).elsewhere()).as("no second sign-in").isTrue();
    }

    @Test
    void theScopeOfAdministrationIsForAdministratorsAlone() {
        Tokens tokens = tokens(admin, SCOPES, "alice@digidig.test");

        assertThat(tokens.scope().toStringList()).contains("account").doesNotContain("admin", "domain-admin");
        assertThat(status(tokens.access(), "/api/accounts/me")).isEqualTo(200);
        assertThat(status(tokens.access(), "/api/accounts")).isEqualTo(403);
    }

    @Test
    void userInfoAnswersForTheToken() throws Exception {
        Tokens tokens = tokens(admin, SCOPES, "alice@digidig.test");

        UserInfoResponse answer = UserInfoResponse.parse(
                new UserInfoRequest(admin.provider().getUserInfoEndpointURI(), new BearerAccessToken(tokens.access()))
                        .toHTTPRequest()
                        .send());

        assertThat(answer.indicatesSuccess()).isTrue();
        assertThat(answer.toSuccessResponse().getUserInfo().getEmailAddress()).isEqualTo("alice@digidig.test");
    }

    @Test
    void aRefreshTokenRotatesAndItsReuseEndsTheWholeFamily() {
        Tokens first = tokens(admin, SCOPES, "alice@digidig.test");
        Tokens second = admin.refresh(first.refresh());
        assertThat(status(second.access(), "/api/accounts/me")).isEqualTo(200);
        assertThat(second.refresh()).isNotEqualTo(first.refresh());

        assertThat(admin.refresh(first.refresh()).errorCode()).isEqualTo("invalid_grant");
        assertThat(admin.refresh(second.refresh()).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeIsGoodForOneUseAndItsReplayEndsWhatItGave() {
        Attempt attempt = admin.begin(SCOPES);
        AuthorizationCode code = admin.code(
                attempt, signIn(browser, attempt.uri(), "alice@digidig.test").uri());
        Tokens tokens = admin.exchange(code, attempt.verifier());

        assertThat(admin.exchange(code, attempt.verifier()).errorCode()).isEqualTo("invalid_grant");
        assertThat(admin.refresh(tokens.refresh()).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeOfSomebodyElsesAttemptIsWorthNothing() {
        Attempt victims = admin.begin(SCOPES);
        AuthorizationCode code = admin.code(
                victims, signIn(browser, victims.uri(), "alice@digidig.test").uri());

        assertThat(admin.exchange(code, new CodeVerifier()).errorCode()).isEqualTo("invalid_grant");
        TestRelyingParty other =
                TestRelyingParty.of(ISSUER, "client", SECRET, "http://127.0.0.1:8004/login/oauth2/code/digidig");
        assertThat(other.exchange(code, victims.verifier()).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void aClientWithoutTheSecretGetsNothing() {
        Attempt attempt = admin.begin(SCOPES);
        AuthorizationCode code = admin.code(
                attempt, signIn(browser, attempt.uri(), "alice@digidig.test").uri());

        TestRelyingParty thief = TestRelyingParty.of(ISSUER, "admin", "another secret", CALLBACK);
        assertThat(thief.exchange(code, attempt.verifier()).errorCode()).isEqualTo("invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/login/oauth2/code/digidig",
                "http://127.0.0.1:8005.evil.example/login/oauth2/code/digidig",
                "http://127.0.0.1:8005/login/oauth2/code/digidig/../../../elsewhere",
                "http://127.0.0.1:9999/login/oauth2/code/digidig",
                "http://127.0.0.1:8005/"
            })
    void answersGoWhereTheClientIsRegisteredAlone(String redirect) {
        Page answer = signInThenAsk(TestRelyingParty.of(ISSUER, "admin", SECRET, redirect));

        assertThat(answer.status()).isEqualTo(400);
    }

    private Page signInThenAsk(TestRelyingParty party) {
        signIn(browser, URI.create(ISSUER + "/"), "alice@digidig.test");
        return browser.go(party.begin("openid").uri());
    }

    @Test
    void withoutPkceNothingIsGiven() {
        signIn(browser, URI.create(ISSUER + "/"), "alice@digidig.test");

        Page answer = browser.get("/oauth2/authorize?response_type=code&client_id=admin&scope=openid&redirect_uri="
                + URLEncoder.encode(CALLBACK, StandardCharsets.UTF_8));

        assertThat(answer.uri().getQuery()).contains("error=invalid_request").doesNotContain("code=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/oauth2/authorize?",
                "/\\evil.example/",
                "/oauth2/authorize@evil.example?",
                "javascript:alert(1)",
                "/api/accounts"
            })
    void aSignInLeadsNowhereButBack(String target) {
        Page form = browser.get("/sign-in?continue=" + URLEncoder.encode(target, StandardCharsets.UTF_8));
        assertThat(form.hidden().get("continue")).isEmpty();
        Page answer = browser.submit(
                form, "/sign-in", Map.of("email", "alice@digidig.test", "password", PASSWORD, "continue", target));

        assertThat(answer.uri()).isEqualTo(URI.create(ISSUER + "/"));
        assertThat(answer.body()).contains("alice@digidig.test");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        browser.get("/sign-in");

        Page answer = browser.post("/sign-in", Map.of("email", "alice@digidig.test", "password", PASSWORD));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void aPlantedSessionIsNotTheOneThatIsSignedIn() {
        TestBrowser attacker = new TestBrowser(PORT);
        signIn(attacker, URI.create(ISSUER + "/"), "bob@digidig.test");
        String planted = attacker.cookie("digidig-identity").orElseThrow();
        browser.plant("digidig-identity", planted);

        Page form = browser.get("/sign-in");
        browser.submit(form, "/sign-in", Map.of("email", "alice@digidig.test", "password", PASSWORD));

        assertThat(browser.cookie("digidig-identity")).isPresent().get().isNotEqualTo(planted);
        assertThat(browser.get("/").body()).contains("alice@digidig.test");
        assertThat(attacker.get("/").body()).doesNotContain("alice@digidig.test");
    }

    @Test
    void wrongCredentialsAreSaidAlikeAndTheAddressIsKept() {
        Page form = browser.get("/sign-in");
        Page wrong = browser.submit(form, "/sign-in", Map.of("email", "bob@digidig.test", "password", "no"));
        Page unknown = browser.submit(form, "/sign-in", Map.of("email", "nobody@digidig.test", "password", "no"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("value=\"bob@digidig.test\"").contains("role=\"alert\"");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(normal(unknown.body())).isEqualTo(normal(wrong.body()));
    }

    private static String normal(String page) {
        return page.replace("nobody@", "bob@").replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    @Test
    void aLogOutByAnApplicationEndsTheSignInEverywhere() throws ParseException, IOException {
        Tokens tokens = tokens(admin, SCOPES, "alice@digidig.test");
        TestRelyingParty webmail =
                TestRelyingParty.of(ISSUER, "client", SECRET, "http://127.0.0.1:8004/login/oauth2/code/digidig");
        Attempt attempt = webmail.begin(SCOPES);
        Tokens others =
                webmail.exchange(webmail.code(attempt, browser.go(attempt.uri()).uri()), attempt.verifier());

        Page answer = browser.go(logout(tokens, ADMIN_UI + "/"));

        assertThat(answer.uri()).hasToString(ADMIN_UI + "/?state=a%20b");
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/sign-in");
        assertThat(admin.refresh(tokens.refresh()).errorCode()).isEqualTo("invalid_grant");
        assertThat(webmail.refresh(others.refresh()).errorCode()).isEqualTo("invalid_grant");
    }

    private static URI logout(Tokens tokens, String target) {
        return URI.create(ISSUER + "/connect/logout?state=a%20b&id_token_hint=" + tokens.idToken()
                + "&post_logout_redirect_uri=" + URLEncoder.encode(target, StandardCharsets.UTF_8));
    }

    @Test
    void aLogOutLeadsToRegisteredPlacesAlone() {
        Tokens tokens = tokens(admin, SCOPES, "alice@digidig.test");

        Page answer = browser.go(logout(tokens, "https://evil.example/"));

        assertThat(answer.uri()).isEqualTo(URI.create(ISSUER + "/sign-in"));
    }

    @Test
    void aForeignPageSignsNobodyOut() {
        signIn(browser, URI.create(ISSUER + "/"), "alice@digidig.test");

        Page question = browser.get("/connect/logout");
        assertThat(browser.get("/").body()).contains("alice@digidig.test");
        assertThat(browser.post("/connect/logout", Map.of()).status()).isEqualTo(403);
        browser.submit(question, "/connect/logout", Map.of());
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void aMailProgramGetsTokensAfterItsUserAllowedIt() throws Exception {
        TestRelyingParty program = TestRelyingParty.of(ISSUER, "mail", null, "http://127.0.0.1:54321/back");
        Attempt attempt = program.begin("openid offline_access mail.read mail.send");
        Page question = signIn(browser, attempt.uri(), "alice@digidig.test");
        assertThat(question.uri().getPath()).isEqualTo("/oauth2/consent");
        assertThat(question.body()).contains("read your mail").contains("send mail in your name");

        String state = question.hidden().get("state");
        Page answer = browser.send(
                "/oauth2/authorize",
                "client_id=mail&scope=mail.read&scope=mail.send&scope=offline_access&state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8));
        Tokens tokens = program.exchange(program.code(attempt, answer.uri()), attempt.verifier());
        Tokens next = program.refresh(tokens.refresh());
        JWTClaimsSet claims = SignedJWT.parse(next.access()).getJWTClaimsSet();
        assertThat(claims.getStringClaim("scope"))
                .contains("mail.read mail.send")
                .doesNotContain("account");

        assertThat(program.refresh(tokens.refresh()).errorCode()).isEqualTo("invalid_grant");
        assertThat(program.refresh(next.refresh()).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void aMailProgramsAnswerStaysOnItsMachine() {
        Page answer = signInThenAsk(TestRelyingParty.of(ISSUER, "mail", null, "http://evil.example/back"));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void anInventedRefreshTokenIsRefused() {
        assertThat(admin.refresh(new RefreshToken("invented")).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void pagesAllowNothingFromOutside() {
        Page page = browser.get("/sign-in");

        assertThat(page.header("content-security-policy").orElse(""))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-content-type-options")).hasValue("nosniff");
        assertThat(page.header("cache-control").orElse("")).contains("no-store");
        assertThat(browser.get("/assets/theme.css").status()).isEqualTo(200);
    }
}
