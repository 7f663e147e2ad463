package cz.digidig.apidocs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A service that gives out a document, and nothing else. */
final class FakeService implements AutoCloseable {
    static final String FIRST = """
        {"openapi":"3.1.0","info":{"title":"DIGiDIG smtp-service","version":"1.0"},
         "tags":[{"name":"Queue","description":"Mail that waits"}],
         "paths":{
          "/api/queue":{"get":{"operationId":"listQueue","tags":["Queue"],"summary":"What waits","security":[{"token":[]}],
            "parameters":[{"name":"limit","in":"query","required":true,"schema":{"type":"integer","minimum":5}}],
            "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Queue"}}}}}}},
          "/api/messages":{"post":{"operationId":"sendMessage","tags":["Sending"],"summary":"Send a message","security":[{"token":[]}],
            "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Letter"},
              "example":{"to":["it's <bob@digidig.test>"],"subject":"<script>alert(1)</script>"}}}},
            "responses":{"202":{"description":"Accepted"}}}},
          "/api/messages/kept":{"post":{"operationId":"keepMessage","summary":"Keep a message among messages for message lists","tags":["Message"],"description":"Sends it to nobody: to send it, let sendMessage send it when sending is wanted","responses":{"202":{"description":"Accepted"}}}},
          "/api/internal/secret":{"get":{"operationId":"secret","summary":"Not for programs from outside","responses":{"200":{"description":"OK"}}}},
          "/api/health":{"get":{"operationId":"getHealth","summary":"How it is","responses":{"200":{"description":"OK"}}}}},
         "components":{"securitySchemes":{"token":{"type":"http","scheme":"bearer"}},"schemas":{
          "Queue":{"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Entry"}}}},
          "Entry":{"type":"object","properties":{"id":{"type":"string"},"at":{"type":"string","format":"date-time","description":"since when, as in `2026-01-31`, not <i>later</i>"},"parent":{"$ref":"#/components/schemas/Entry"}}},
          "Letter":{"type":"object","properties":{"subject":{"type":"string"}}}}}}
        """;

    private final HttpServer server;
    volatile String document = FIRST;

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v3/api-docs", exchange -> {
            try (exchange) {
                byte[] body = document.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
