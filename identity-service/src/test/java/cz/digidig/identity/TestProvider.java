package cz.digidig.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Somebody else's OpenID provider, which signs everybody in as whom the test says. */
final class TestProvider implements AutoCloseable {
    private final HttpServer server;
    private final RSAKey key;
    volatile String subject = "subject-1";
    volatile String email = "";
    volatile boolean verified = true;
    private volatile String nonce = "";

    TestProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("1").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> send(exchange, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/jwks","response_types_supported":["code"],"subject_types_supported":["public"],
                 "id_token_signing_alg_values_supported":["RS256"]}\
                """.formatted(issuer()));
            case "/jwks" -> send(exchange, new JWKSet(key.toPublicJWK()).toString());
            case "/token" ->
                send(exchange, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}");
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private String idToken() {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer())
                            .audience("digidig")
                            .subject(subject)
                            .claim("email", email)
                            .claim("email_verified", verified)
                            .claim("nonce", nonce)
                            .issueTime(Date.from(Instant.now()))
                            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                            .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Where the browser goes on, once the person has signed in here. */
    String answerTo(URI authorization) {
        Map<String, List<String>> asked = URLUtils.parseParameters(authorization.getRawQuery());
        nonce = first(asked, "nonce");
        return URI.create(first(asked, "redirect_uri")).getPath() + "?code=c&state=" + first(asked, "state");
    }

    private static String first(Map<String, List<String>> asked, String name) {
        return Objects.requireNonNull(asked.get(name)).getFirst();
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
