package cz.digidig.apidocs.sample;

import cz.digidig.apidocs.operation.Operation;
import cz.digidig.apidocs.operation.Operation.Body;
import cz.digidig.apidocs.operation.Operation.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs that call one operation and print what comes back, with nothing but what each language has by itself. The token
 * is in the environment variable {@code TOKEN}.
 */
public final class Samples {
    private static final JsonMapper JSON = new JsonMapper();

    private final Operation operation;
    private final String url;
    private final Map<String, String> headers;
    private final String body;

    private Samples(Operation operation, String base) {
        this.operation = operation;
        this.url = base + address(operation);
        this.headers = headers(operation);
        Body sent = operation.body();
        this.body = sent == null ? "" : sent.example();
    }

    /** The sample, whole: it runs as it is once the token is set. */
    public static String of(Operation operation, String base, Language language) {
        Samples samples = new Samples(operation, base);
        return switch (language) {
            case CURL -> samples.curl();
            case PYTHON -> samples.python();
            case JAVASCRIPT -> samples.javascript();
            case JAVA -> samples.java();
        };
    }

    private static String address(Operation operation) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            String value = encoded(parameter.example());
            if (parameter.place().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.place().equals("query") && parameter.required()) {
                query.add(encoded(parameter.name()) + "=" + value);
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> headers(Operation operation) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place().equals("header") && parameter.required()) {
                headers.put(parameter.name(), parameter.example());
            }
        }
        if (operation.body() != null) {
            headers.put("Content-Type", operation.body().mediaType());
        }
        return headers;
    }

    private String curl() {
        StringBuilder text = new StringBuilder("curl --fail-with-body -sS");
        if (!operation.method().equals("GET")) {
            text.append(" -X ").append(operation.method());
        }
        text.append(" ").append(shell(url));
        if (!operation.open()) {
            text.append(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
        }
        headers.forEach((name, value) -> text.append(" \\\n  -H ").append(shell(name + ": " + value)));
        if (!body.isEmpty()) {
            text.append(" \\\n  --data-binary ").append(shell(body));
        }
        return text.append('\n').toString();
    }

    private static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A string literal that JSON, Python, JavaScript and Java read alike. */
    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    private String python() {
        String sent = body.isEmpty() ? "" : "\n    data=" + quoted(body) + ".encode(),";
        String fields = pairs("        %s: %s,\n", "        \"Authorization\": \"Bearer \" + os.environ[\"TOKEN\"],\n");
        return """
            import os
            import urllib.request

            request = urllib.request.Request(
                %s,
                method=%s,%s
                headers={
            %s    },
            )
            with urllib.request.urlopen(request) as answer:
                print(answer.status, answer.read().decode(errors="replace"))
            """.formatted(quoted(url), quoted(operation.method()), sent, fields);
    }

    private String javascript() {
        String sent = body.isEmpty() ? "" : "\n  body: " + quoted(body) + ",";
        String fields = pairs("    %s: %s,\n", "    \"Authorization\": `Bearer ${process.env.TOKEN}`,\n");
        return """
            const answer = await fetch(%s, {
              method: %s,%s
              headers: {
            %s  },
            });
            console.log(answer.status, await answer.text());
            if (!answer.ok) process.exitCode = 1;
            """.formatted(quoted(url), quoted(operation.method()), sent, fields);
    }

    private String java() {
        String publisher = body.isEmpty() ? "BodyPublishers.noBody()" : "BodyPublishers.ofString(" + quoted(body) + ")";
        String fields = pairs(
                "                .header(%s, %s)\n",
                "                .header(\"Authorization\", \"Bearer \" + System.getenv(\"TOKEN\"))\n");
        return """
            import java.net.URI;
            import java.net.http.*;
            import java.net.http.HttpRequest.BodyPublishers;

            class Sample {
                public static void main(String[] arguments) throws Exception {
                    HttpRequest request = HttpRequest.newBuilder(URI.create(%s))
                            .method(%s, %s)
            %s                .build();
                    HttpResponse<String> answer =
                            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                    System.out.println(answer.statusCode() + " " + answer.body());
                }
            }
            """.formatted(quoted(url), quoted(operation.method()), publisher, fields);
    }

    /** The header's fields by a pattern for name and value, the token's before them. */
    private String pairs(String pattern, String token) {
        return (operation.open() ? "" : token)
                + headers.entrySet().stream()
                        .map(field -> pattern.formatted(quoted(field.getKey()), quoted(field.getValue())))
                        .collect(Collectors.joining());
    }
}
