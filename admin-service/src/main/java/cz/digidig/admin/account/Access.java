package cz.digidig.admin.account;

import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Moments;
import cz.digidig.admin.backend.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What opens an account beside its password. Each can be ended by an administrator; only the owner makes new ones.
 *
 * @param sessions where it is signed in
 * @param appPasswords those of mail programs
 * @param apiKeys those of other programs
 */
record Access(List<Session> sessions, List<Secret> appPasswords, List<Secret> apiKeys) {
    Access {
        sessions = List.copyOf(sessions);
        appPasswords = List.copyOf(appPasswords);
        apiKeys = List.copyOf(apiKeys);
    }

    /**
     * Something that is signed in.
     *
     * @param kind {@code browser}, {@code mail-program} or {@code token}
     * @param agent what the browser calls itself; empty: no browser
     * @param address the IP address that it began from
     * @param current whether it is the one that looks at this page
     */
    record Session(
            String id,
            String kind,
            String agent,
            String address,
            @Nullable Instant startedAt,
            @Nullable Instant lastUsedAt,
            boolean current) {
        static Session of(JsonNode node) {
            return new Session(
                    node.path("id").asString(""),
                    node.path("kind").asString(""),
                    node.path("agent").asString(""),
                    node.path("address").asString(""),
                    Moments.of(node.path("startedAt")),
                    Moments.of(node.path("lastUsedAt")),
                    node.path("current").asBoolean(false));
        }

        /** Whether pages have a word for the kind. */
        public boolean isKnown() {
            return List.of("browser", "mail-program", "token").contains(kind);
        }
    }

    /**
     * An app password or an API key, without its text.
     *
     * @param name what the owner calls it
     * @param scopes what it is good for; an app password's are not said
     * @param lastUsedAt null: never
     * @param expiresAt null: it does not end by itself
     */
    record Secret(
            String id,
            String name,
            List<String> scopes,
            @Nullable Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {
        Secret {
            scopes = List.copyOf(scopes);
        }

        static Secret of(JsonNode node) {
            List<String> scopes = new ArrayList<>();
            node.path("scopes").forEach(scope -> scopes.add(scope.asString("")));
            return new Secret(
                    node.path("id").asString(""),
                    node.path("name").asString(""),
                    scopes,
                    Moments.of(node.path("createdAt")),
                    Moments.of(node.path("lastUsedAt")),
                    Moments.of(node.path("expiresAt")));
        }
    }

    /** That of the account at this path; empty where the person may not see it, or identity is away. */
    static Optional<Access> of(Calls calls, String account) {
        return list(calls, account + "/sessions", Session::of)
                .flatMap(sessions -> list(calls, account + "/app-passwords", Secret::of)
                        .flatMap(passwords -> list(calls, account + "/api-keys", Secret::of)
                                .map(keys -> new Access(sessions, passwords, keys))));
    }

    private static <T> Optional<List<T>> list(Calls calls, String path, Function<JsonNode, T> read) {
        return calls.get(Service.IDENTITY, path).content().map(items -> {
            List<T> found = new ArrayList<>();
            items.forEach(item -> found.add(read.apply(item)));
            return found;
        });
    }
}
