package cz.digidig.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import cz.digidig.common.testing.TestTokens;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All other services at one address: identity as provider that signs in whoever comes, and their REST APIs, as far as pages use them. */
final class FakeSuite implements AutoCloseable {
    static final String PERSON = "admin@digidig.test";

    private final HttpServer server;
    private final TestTokens tokens = new TestTokens();
    private final JsonMapper json = new JsonMapper();
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger version = new AtomicInteger(1);
    private final List<String> requests = new ArrayList<>();
    private final Map<String, ObjectNode> accounts = new ConcurrentHashMap<>();
    volatile ObjectNode config;
    volatile String roles = "admin";
    volatile boolean smtpIsDown;
    volatile boolean imapIsDown;
    volatile boolean injects;
    volatile String lastSignIn = "";

    FakeSuite() throws IOException {
        config = (ObjectNode) json.readTree(CannedAnswers.CONFIG);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked, as {@code METHOD path}. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Whether an account was made. */
    boolean made(String address) {
        return accounts.containsKey(address);
    }

    /** Somebody else saves. */
    void changeMeanwhile(String field, long value) {
        config.put(field, value);
        version.incrementAndGet();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (this) {
            requests.add(exchange.getRequestMethod() + " " + path);
        }
        switch (path) {
            case "/oauth2/authorize" -> authorize(exchange);
            case "/oauth2/token" -> token(exchange, form(body));
            case "/oauth2/jwks" -> send(exchange, 200, tokens.jwks());
            case "/connect/logout" -> send(exchange, 200, "\"out\"");
            case "/smtp/api/health", "/api/health" ->
                send(
                        exchange,
                        200,
                        "{\"name\":\"x\",\"status\":\"UP\",\"version\":\"1\",\"uptime\":100,\"dependencies\":{\"storage\":{\"status\":\"UP\",\"detail\":\"\"}}}");
            case "/.well-known/mta-sts.txt" -> send(exchange, 200, "version: STSv1\r\nmode: testing\r\n");
            case "/actuator/prometheus" -> send(exchange, 200, "digidig_smtp_spool_messages 2.0\n");
            default -> api(exchange, path, body);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        if (!query.containsKey("code_challenge") || !"S256".equals(query.get("code_challenge_method"))) {
            send(exchange, 400, "\"PKCE is missing\"");
            return;
        }
        String code = "code-" + nonces.size();
        nonces.put(code, query.getOrDefault("nonce", ""));
        String state = injects ? "another" : query.getOrDefault("state", "");
        exchange.getResponseHeaders()
                .add("Location", query.get("redirect_uri") + "?code=" + code + "&state=" + encoded(state));
        exchange.sendResponseHeaders(302, -1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        if ("client_credentials".equals(form.get("grant_type"))) {
            send(
                    exchange,
                    200,
                    "{\"access_token\":\"" + tokens.service("admin-service")
                            + "\",\"token_type\":\"Bearer\",\"expires_in\":900}");
            return;
        }
        String nonce = nonces.remove(form.getOrDefault("code", ""));
        if (nonce == null || !form.containsKey("code_verifier")) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        lastSignIn = "sid-" + nonce;
        String access = tokens.user("a1", PERSON, roles);
        send(
                exchange,
                200,
                "{\"access_token\":\"" + access
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":900,\"refresh_token\":\"r\",\"scope\":\"openid\",\"id_token\":\""
                        + tokens.identity("a1", url(), "admin", nonce) + "\"}");
    }

    private void api(HttpExchange exchange, String path, String body) throws IOException {
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            send(exchange, 401, "{\"detail\":\"no token\"}");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            send(exchange, 204, "");
        } else if (path.endsWith("/api-keys") && exchange.getRequestMethod().equals("POST")) {
            send(exchange, 201, "{\"id\":\"k2\",\"name\":\"new\",\"key\":\"ddk_shown-once\"}");
        } else if (path.equals("/api/internal/events")) {
            events(exchange);
        } else if (path.equals("/api/accounts/taken")) {
            send(exchange, 200, "{\"taken\":[\"admin@digidig.test\"]}");
        } else if (path.endsWith("/invitation")) {
            send(
                    exchange,
                    201,
                    "{\"url\":\"http://id.example/sign-in/invitation?token=t\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}");
        } else if (path.equals("/api/accounts/deleted")) {
            send(
                    exchange,
                    200,
                    "[" + one().replace("\"enabled\":true", "\"deletedAt\":\"2026-01-01T00:00:00Z\"") + "]");
        } else if (path.equals("/api/accounts/deleted/a1/restore")) {
            send(exchange, 200, one());
        } else if (path.equals("/api/groups") && exchange.getRequestMethod().equals("POST")) {
            send(
                    exchange,
                    422,
                    "{\"detail\":\"no\",\"errors\":[{\"field\":\"members[1]\",\"message\":\"not an address\"}]}");
        } else if (path.startsWith("/imap")) {
            boolean answers = !imapIsDown && path.equals("/imap/api/imap/sessions");
            send(exchange, answers ? 200 : 503, answers ? CannedAnswers.IMAP_SESSIONS : "{\"detail\":\"down\"}");
        } else if (CannedAnswers.BY_PATH.containsKey(path)) {
            send(exchange, 200, CannedAnswers.BY_PATH.getOrDefault(path, ""));
        } else if (path.startsWith("/smtp") && smtpIsDown) {
            send(exchange, 503, "{\"detail\":\"down\"}");
        } else if (path.startsWith("/smtp/api/config")) {
            configuration(exchange, path.substring("/smtp/api/config".length()), body);
        } else if (path.equals("/smtp/api/queue")) {
            send(exchange, 200, "{\"items\":[" + queued() + "]}");
        } else if (path.equals("/smtp/api/smtp/sessions")) {
            send(
                    exchange,
                    200,
                    "[{\"id\":\"s\",\"listener\":\"mx\",\"client\":\"192.0.2.7\",\"began\":\"2026-01-01T00:00:00Z\",\"hello\":\"<script>alert(2)</script>\",\"tls\":\"TLSv1.3\",\"account\":\"\",\"commands\":4,\"accepted\":1,\"refused\":1,\"refusals\":[{\"command\":\"RCPT"
                            + " <x@y.example>\",\"reply\":\"550 5.1.1 nobody\"}]}]");
        } else if (path.equals("/smtp/api/smtp/status") || path.equals("/smtp/api/smtp/restart")) {
            send(
                    exchange,
                    200,
                    "{\"listeners\":[{\"name\":\"mx\",\"address\":\"0.0.0.0\",\"port\":25,\"boundPort\":2525,\"open\":true,\"connections\":2,\"refused\":0}],\"tls\":{\"subject\":\"CN=mail.digidig.test\",\"daysLeft\":300,\"selfSigned\":true}}");
        } else if (path.equals("/smtp/api/messages")) {
            send(exchange, 202, "{\"id\":\"Q9\"}");
        } else if (path.equals("/smtp/api/smtp/smart-hosts/test")) {
            send(
                    exchange,
                    200,
                    "{\"ok\":false,\"failedAt\":\"auth\",\"reason\":\"535 5.7.8"
                            + " no\",\"dialogue\":[{\"who\":\"SERVER\",\"text\":\"220 relay"
                            + " <b>hello</b>\"},{\"who\":\"CLIENT\",\"text\":\"EHLO mail\"}]}");
        } else if (path.equals("/api/audit")) {
            send(
                    exchange,
                    200,
                    "{\"items\":[{\"id\":\"1\",\"at\":\"2026-01-01T00:00:00.1Z\",\"actor\":\"a1\",\"actorEmail\":\"admin@digidig.test\",\"action\":\"account.created\",\"subject\":\"<img"
                            + " src=x onerror=alert(1)>\",\"address\":\"127.0.0.1\",\"details\":\"\"}]}");
        } else if (path.startsWith("/smtp/api/queue/")) {
            send(
                    exchange,
                    path.endsWith("/Q1")
                                    || path.endsWith("/retry")
                                    || path.endsWith("/hold")
                                    || path.endsWith("/release")
                            ? 200
                            : 404,
                    path.endsWith("/Q1") ? queued() : "{}");
        } else if (path.startsWith("/api/accounts")) {
            account(exchange, path.substring("/api/accounts".length()), body);
        } else if (path.equals("/api/domains")) {
            send(
                    exchange,
                    200,
                    exchange.getRequestMethod().equals("POST")
                            ? "{\"id\":\"d2\",\"name\":\"new.example\"}"
                            : "{\"items\":[{\"id\":\"d1\",\"name\":\"digidig.test\",\"createdAt\":\"2026-01-01T00:00:00Z\"}]}");
        } else if (path.endsWith("/limits")) {
            boolean refused = body.contains("\"maxAccounts\":13");
            send(
                    exchange,
                    refused ? 422 : 200,
                    refused
                            ? "{\"detail\":\"no\",\"errors\":[{\"field\":\"totalQuota\",\"message\":\"must be more\"}]}"
                            : "{\"maxAccounts\":50,\"defaultQuota\":1048576,\"maxQuota\":0,\"totalQuota\":0,"
                                    + "\"dailyMessages\":0,\"use\":{\"accounts\":12,\"quota\":0,\"unlimited\":12}}");
        } else if (path.startsWith("/api/domains/")) {
            send(exchange, 200, "{\"id\":\"d1\",\"name\":\"digidig.test\",\"createdAt\":\"2026-01-01T00:00:00Z\"}");
        } else {
            send(exchange, 404, "{\"detail\":\"nothing here\"}");
        }
    }

    /** Tells every stream that a sign-in ended. */
    void endSignIn(String id) {
        ended.add(id);
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try {
            OutputStream body = exchange.getResponseBody();
            body.write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            while (true) {
                String id = ended.take();
                body.write("data:{\"kind\":\"SIGN_IN\",\"id\":\"%s\"}\n\n"
                        .formatted(id)
                        .getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String queued() {
        return "{\"id\":\"Q1\",\"received\":\"2026-01-01T00:00:00Z\",\"from\":\"<script>alert(1)</script>@digidig.test\",\"octets\":2048,\"submitter\":\"\",\"recipients\":[{\"address\":\"x@far.example\",\"target\":\"x@far.example\",\"kind\":\"remote\",\"state\":\"pending\",\"attempts\":2,\"nextAttempt\":\"2026-01-01T01:00:00Z\",\"detail\":\"mx.far.example:"
                + " 450 4.2.0 <img src=x onerror=alert(1)> try later\"}]}";
    }

    private void account(HttpExchange exchange, String below, String body) throws IOException {
        if (below.isEmpty() && exchange.getRequestMethod().equals("POST")) {
            ObjectNode made = (ObjectNode) json.readTree(body);
            if (made.path("email").asString("").startsWith("bad")) {
                send(
                        exchange,
                        422,
                        "{\"detail\":\"no\",\"errors\":[{\"field\":\"email\",\"message\":\"not in a domain served"
                                + " here\"}]}");
                return;
            }
            made.put("id", "n" + accounts.size()).put("enabled", true).remove("password");
            accounts.put(made.path("email").asString(""), made);
            send(exchange, 201, made.toString());
        } else if (below.isEmpty()) {
            send(exchange, 200, "{\"items\":[" + one() + "],\"next\":\"more\"}");
        } else if (below.equals("/a1")) {
            send(exchange, 200, one());
        } else {
            send(exchange, 404, "{\"detail\":\"there is no such account\"}");
        }
    }

    private static String one() {
        return "{\"id\":\"a1\",\"email\":\"admin@digidig.test\",\"displayName\":\"<b>Bold</b> &"
                + " Co\",\"roles\":[\"user\",\"admin\"],\"enabled\":true,\"quota\":0,\"createdAt\":\"2026-01-01T00:00:00.5Z\"}";
    }

    private void configuration(HttpExchange exchange, String below, String body) throws IOException {
        String etag = "\"" + version.get() + "\"";
        if (below.equals("/schema")) {
            send(exchange, 200, CannedAnswers.SCHEMA);
        } else if (below.equals("/history")) {
            send(
                    exchange,
                    200,
                    "[{\"id\":\"v1\",\"savedAt\":\"2026-01-01T00:00:00Z\",\"changedBy\":\"eve@digidig.test\",\"inEffect\":true}]");
        } else if (below.equals("/history/v1")) {
            send(exchange, 200, CannedAnswers.CONFIG);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            JsonNode wanted = json.readTree(body);
            if (!etag.equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
                send(exchange, 412, "{\"detail\":\"changed\"}");
            } else if (wanted.path("maxMessageSize").asLong(0) < 1024) {
                send(
                        exchange,
                        422,
                        "{\"detail\":\"no\",\"errors\":[{\"field\":\"maxMessageSize\",\"message\":\"must be at least"
                                + " 1024\"}]}");
            } else {
                config = (ObjectNode) wanted;
                version.incrementAndGet();
                send(exchange, 200, config.toString());
            }
        } else {
            exchange.getResponseHeaders().add("ETag", etag);
            send(exchange, 200, config.toString());
        }
    }

    private static Map<String, String> form(@Nullable String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : (text == null ? "" : text).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", body.startsWith("digidig") ? "text/plain" : "application/json");
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
