package cz.digidig.identity.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.identity.TestHttp;
import cz.digidig.identity.TestHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** DKIM keys over HTTP, with PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("embedded")
class DkimApiIT {
    private static final String BASIC =
            Base64.getEncoder().encodeToString("smtp-service:a secret of this test".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private TestHttp http;

    private TestHttp admin;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("digidig.data-dir", () -> folder.resolve("data").toString());
        registry.add("digidig.logs-dir", () -> folder.resolve("logs").toString());
        registry.add("digidig.service-secret", () -> "a secret of this test");
        registry.add("digidig.identity.seed.admin-password", () -> "admin password");
        registry.add("digidig.identity.seed.demo-password", () -> "demo password");
    }

    @BeforeEach
    void clients() {
        http = new TestHttp(port, null);
        admin = as("admin@digidig.test", "admin password");
    }

    private TestHttp as(String email, String password) {
        Answer answer =
                http.post("/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
        assertThat(answer.status()).isEqualTo(200);
        return http.as(answer.text("access_token"));
    }

    private TestHttp service() {
        Answer answer = http.form("/oauth2/token", BASIC, "grant_type=client_credentials");
        return http.as(answer.text("access_token"));
    }

    private void domain(String name) {
        assertThat(admin.post("/api/domains", "{\"name\":\"" + name + "\"}").status())
                .isEqualTo(201);
    }

    private static List<String> states(Answer answer) {
        List<String> states = new ArrayList<>();
        for (JsonNode key : answer.body().get("keys")) {
            states.add(key.get("selector").asString().replaceFirst("\\d{4}", "") + " "
                    + key.get("state").asString());
        }
        return states.stream().sorted().toList();
    }

    private List<String> signing(String domain) {
        Answer answer = service().get("/api/internal/domains/" + domain + "/dkim");
        assertThat(answer.status()).isEqualTo(200);
        List<String> selectors = new ArrayList<>();
        answer.body()
                .forEach(key -> selectors.add(key.get("selector").asString().replaceFirst("\\d{4}", "")));
        return selectors.stream().sorted().toList();
    }

    @Test
    void newDomainsAndTheFirstOneHaveKeys() {
        domain("keys.example");
        assertThat(states(admin.get("/api/domains/keys.example/dkim"))).containsExactly("ea active", "sa active");
        assertThat(states(admin.get("/api/domains/digidig.test/dkim"))).containsExactly("ea active", "sa active");
        assertThat(signing("keys.example")).containsExactly("ea", "sa");
        assertThat(signing("elsewhere.example")).isEmpty();
    }

    @Test
    void theRecordToPublishVerifiesWhatTheKeySigns() throws GeneralSecurityException, IOException {
        domain("match.example");
        Answer listed = admin.get("/api/domains/match.example/dkim");
        Answer signing = service().get("/api/internal/domains/match.example/dkim");
        assertThat(signing.body().size()).isEqualTo(2);
        for (JsonNode key : signing.body()) {
            String selector = key.get("selector").asString();
            JsonNode record = record(listed, selector);
            assertThat(record.get("name").asString()).isEqualTo(selector + "._domainkey.match.example");
            assertThat(pieces(record.get("zoneFile").asString()))
                    .allMatch(piece -> piece.length() <= 255)
                    .satisfies(pieces -> assertThat(String.join("", pieces))
                            .isEqualTo(record.get("value").asString()));
            verify(
                    key.get("algorithm").asString(),
                    key.get("privateKey").asString(),
                    record.get("value").asString());
        }
    }

    private static JsonNode record(Answer listed, String selector) {
        for (JsonNode key : listed.body().get("keys")) {
            if (key.get("selector").asString().equals(selector)) {
                return key.get("record");
            }
        }
        throw new AssertionError("not listed: " + selector);
    }

    private static List<String> pieces(String zoneFile) {
        List<String> pieces = new ArrayList<>();
        Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(zoneFile);
        while (quoted.find()) {
            pieces.add(quoted.group(1));
        }
        return pieces;
    }

    private static void verify(String algorithm, String privateKey, String record)
            throws GeneralSecurityException, IOException {
        assertThat(record).startsWith("v=DKIM1; k=" + algorithm + "; p=");
        byte[] published = Base64.getDecoder().decode(record.substring(record.indexOf("p=") + 2));
        boolean rsa = algorithm.equals("rsa");
        KeyFactory factory = KeyFactory.getInstance(rsa ? "RSA" : "Ed25519");
        PrivateKey secret = factory.generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
        PublicKey open = factory.generatePublic(new X509EncodedKeySpec(rsa ? published : ed25519(published)));
        byte[] text = "signed".getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(text);
        assertThat(signature.verify(signed)).isTrue();
    }

    /** The raw key in X.509 form (RFC 8410 §4). */
    private static byte[] ed25519(byte[] raw) throws IOException {
        assertThat(raw).hasSize(32);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(HexFormat.of().parseHex("302a300506032b6570032100"));
        encoded.write(raw);
        return encoded.toByteArray();
    }

    @Test
    void privateKeysAreSealedInTheDatabaseAndShownToNobody() {
        domain("sealed.example");
        Answer listed = admin.get("/api/domains/sealed.example/dkim");
        assertThat(listed.raw().body()).doesNotContain("privateKey");
        List<byte[]> stored = jdbc.sql("select private_key from dkim_key")
                .query((row, _) -> row.getBytes(1))
                .list();
        byte[] pkcs8Rsa = HexFormat.of().parseHex("2a864886f70d010101");
        byte[] pkcs8Ed25519 = HexFormat.of().parseHex("06032b6570");
        assertThat(stored).isNotEmpty().allSatisfy(atRest -> {
            String octets = new String(atRest, StandardCharsets.ISO_8859_1);
            assertThat(octets)
                    .doesNotContain(new String(pkcs8Rsa, StandardCharsets.ISO_8859_1))
                    .doesNotContain(new String(pkcs8Ed25519, StandardCharsets.ISO_8859_1));
        });
    }

    @Test
    void rotatesAtOnceAndKeepsTheOldRecords() {
        domain("rotate.example");
        Answer rotated = admin.post("/api/domains/rotate.example/dkim/rotate", "{\"keepDays\":3}");
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(states(rotated)).containsExactly("ea retired", "eb active", "sa retired", "sb active");
        assertThat(signing("rotate.example")).containsExactly("eb", "sb");
    }

    @Test
    void newKeysSignOnceTheyAreActivated() {
        domain("steps.example");
        String path = "/api/domains/steps.example/dkim";
        Answer made = admin.post(path, "");
        assertThat(made.status()).isEqualTo(201);
        assertThat(states(made)).containsExactly("ea active", "eb pending", "sa active", "sb pending");
        assertThat(signing("steps.example")).containsExactly("ea", "sa");
        String newRsa = selector(made, "s", "pending");
        String oldRsa = selector(made, "s", "active");
        assertThat(states(admin.post(path + "/" + newRsa + "/activate", "{}")))
                .containsExactly("ea active", "eb pending", "sa retired", "sb active");
        assertThat(states(admin.post(path + "/" + oldRsa + "/activate", "{}")))
                .as("back again")
                .containsExactly("ea active", "eb pending", "sa active", "sb retired");
        assertThat(signing("steps.example")).containsExactly("ea", "sa");
        assertThat(states(admin.post(path + "/" + selector(made, "e", "pending") + "/retire", "{}")))
                .containsExactly("ea active", "eb expired", "sa active", "sb retired");
    }

    private static String selector(Answer answer, String prefix, String state) {
        for (JsonNode key : answer.body().get("keys")) {
            String selector = key.get("selector").asString();
            if (selector.startsWith(prefix) && key.get("state").asString().equals(state)) {
                return selector;
            }
        }
        throw new AssertionError("none is " + state);
    }

    @Test
    void theirTimeOverPrivateKeysAreForgottenAndSelectorsStayTaken() {
        domain("expired.example");
        String path = "/api/domains/expired.example/dkim";
        admin.post(path + "/rotate", "{}");
        jdbc.sql("update dkim_key set keep_until = now() - interval '1 second' where retired_at is not null"
                        + " and domain_id = (select id from domain where name = 'expired.example')")
                .update();
        Answer again = admin.post(path + "/rotate", "{}");
        assertThat(states(again))
                .containsExactly("ea expired", "eb retired", "ec active", "sa expired", "sb retired", "sc active");
        assertThat(jdbc.sql("select count(*) from dkim_key where private_key is null and keep_until < now()"
                                + " and domain_id = (select id from domain where name = 'expired.example')")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(admin.post(path + "/" + selector(again, "s", "expired") + "/activate", "{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void refusesWhatIsNotThereAndWhoIsNotAllowed() {
        domain("refuse.example");
        String path = "/api/domains/refuse.example/dkim";
        assertThat(admin.get("/api/domains/nowhere.example/dkim").status()).isEqualTo(404);
        assertThat(admin.post(path + "/s1999a/activate", "{}").status()).isEqualTo(404);
        assertThat(admin.post(path + "/rotate", "{\"keepDays\":0}").status()).isEqualTo(422);
        assertThat(http.get(path).status()).isEqualTo(401);
        TestHttp alice = as("alice@digidig.test", "demo password");
        assertThat(alice.get(path).status()).isEqualTo(403);
        assertThat(alice.get("/api/internal/domains/refuse.example/dkim").status())
                .isEqualTo(403);
        assertThat(admin.delete("/api/domains/refuse.example").status()).isEqualTo(204);
        assertThat(signing("refuse.example")).isEmpty();
    }
}
