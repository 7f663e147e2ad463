package cz.digidig.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser for tests: keeps cookies, follows redirects within the service alone, sends forms with their hidden fields. */
public final class TestBrowser {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\"(?: value=\"([^\"]*)\")?\\s*/?>");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI home;

    public TestBrowser(int port) {
        this.home = URI.create("http://127.0.0.1:" + port);
    }

    /** A page as the browser shows it; one outside the service is not fetched. */
    public record Page(URI uri, int status, String body, Map<String, List<String>> headers) {
        /** The path that a redirect to elsewhere leads to, with its query. */
        public boolean elsewhere() {
            return status == 0;
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)))
                    .map(List::getFirst);
        }

        /** Hidden fields of the page's forms, the last of a name wins. */
        Map<String, String> hidden() {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher found = HIDDEN.matcher(body);
            while (found.find()) {
                String value = found.group(2) == null ? "" : found.group(2);
                fields.put(found.group(1), value.replace("&amp;", "&").replace("&#61;", "="));
            }
            return fields;
        }
    }

    public Page get(String path) {
        return go(home.resolve(path));
    }

    public Page go(URI uri) {
        URI next = uri;
        for (int i = 0; i < 10; i++) {
            if (!home.getAuthority().equals(next.getAuthority())) {
                return new Page(next, 0, "", Map.of());
            }
            Page page = send(HttpRequest.newBuilder(next).GET());
            Optional<String> location = page.header("location");
            if (location.isEmpty()) {
                return page;
            }
            next = next.resolve(location.get());
        }
        throw new IllegalStateException("too many redirects from " + uri);
    }

    /** Sends a form of the page with these fields in addition to its hidden ones, and follows the answer. */
    public Page submit(Page page, String action, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(page.hidden());
        all.putAll(fields);
        return post(action, all);
    }

    /** Sends a form as it is, and follows the answer. */
    public Page post(String action, Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        return send(action, String.join("&", pairs));
    }

    /** Sends an encoded form, and follows the answer. */
    public Page send(String action, String form) {
        Page answer = send(HttpRequest.newBuilder(home.resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return answer.header("location")
                .map(location -> go(home.resolve(action).resolve(location)))
                .orElse(answer);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = client.send(
                    request.header("Accept", "text/html")
                            .header("Accept-Language", "en")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Page(
                    raw.uri(), raw.statusCode(), raw.body(), raw.headers().map());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A cookie's value. */
    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().get(home).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Plants a cookie. */
    public void plant(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(home, cookie);
    }
}
