package cz.digidig.smtp.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import cz.digidig.common.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Plays identity over HTTP: alice is here, {@code out@digidig.test} leads to elsewhere, nobody else is there. */
final class PlayedIdentity implements AutoCloseable {
    private static final String RECIPIENTS = "/api/internal/recipients/";

    final TestTokens tokens = new TestTokens();
    private final HttpServer server;

    PlayedIdentity() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/oauth2/jwks", exchange -> answer(exchange, 200, tokens.jwks()));
        server.createContext(
                "/oauth2/token",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"access_token\":\"" + tokens.service("smtp-service")
                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
        // Nobody's mail is signed here.
        server.createContext("/api/internal/domains/", exchange -> answer(exchange, 200, "[]"));
        server.createContext(RECIPIENTS, exchange -> answer(exchange, 200, recipient(exchange)));
        server.createContext(
                "/",
                exchange ->
                        answer(exchange, 401, "{\"type\":\"urn:digidig:problem:invalid-credentials\",\"status\":401}"));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String admin() {
        return tokens.user("1", "admin@digidig.test", "admin");
    }

    private static String recipient(HttpExchange exchange) {
        String address = URLDecoder.decode(
                exchange.getRequestURI().getRawPath().substring(RECIPIENTS.length()), StandardCharsets.UTF_8);
        return switch (address) {
            case "alice@digidig.test" ->
                "{\"outcome\":\"DELIVERABLE\",\"accounts\":[{\"account\":\"a\",\"email\":\"alice@digidig.test\"}],"
                        + "\"forwards\":[]}";
            case "out@digidig.test" ->
                "{\"outcome\":\"DELIVERABLE\",\"accounts\":[],\"forwards\":[\"x@elsewhere.test\"]}";
            case "both@digidig.test" ->
                "{\"outcome\":\"DELIVERABLE\",\"accounts\":[],\"forwards\":[\"x@elsewhere.test\",\"y@elsewhere.test\"]}";
            default ->
                address.endsWith("@digidig.test")
                        ? "{\"outcome\":\"UNKNOWN\",\"accounts\":[],\"forwards\":[]}"
                        : "{\"outcome\":\"NOT_LOCAL\",\"accounts\":[],\"forwards\":[]}";
        };
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", status == 200 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
