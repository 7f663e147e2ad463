package cz.digidig.identity.provider;

import cz.digidig.common.client.ServiceSecret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/**
 * The clients of the provider: the suite's web applications, which prove themselves by the service secret, and
 * {@code mail} for every mail program, which can't keep a secret and so needs PKCE and its user's consent (RFC 8252 §8.6).
 */
@Component
class Clients implements RegisteredClientRepository {
    static final String MAIL = "mail";

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final List<String> ABOUT_THE_USER = List.of("openid", "profile", "email", "offline_access");
    private static final List<String> MAIL_SCOPES = List.of("mail.read", "mail.write", "mail.send");
    private static final List<String> ADMINISTRATION = List.of("account", "admin");

    /** Every scope that may be asked for. */
    static final List<String> SCOPES = Stream.of(ABOUT_THE_USER, MAIL_SCOPES, ADMINISTRATION)
            .flatMap(List::stream)
            .toList();

    private final Map<String, RegisteredClient> clients = new LinkedHashMap<>();
    private final Map<String, String> homes = new LinkedHashMap<>();

    Clients(ProviderProperties properties, ServiceSecret secret) {
        application("admin", properties.clients().admin(), secret);
        application("client", properties.clients().client(), secret);
        application("apidocs", properties.clients().apidocs(), secret);
        clients.put(MAIL, mail());
    }

    private void application(String id, String home, ServiceSecret secret) {
        RegisteredClient client = RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secret.value())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(home + "/login/oauth2/code/digidig")
                .postLogoutRedirectUri(home + "/")
                .scopes(scopes -> scopes.addAll(SCOPES))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(tokens())
                .build();
        clients.put(id, client);
        homes.put(id, home);
    }

    private static RegisteredClient mail() {
        return RegisteredClient.withId(MAIL)
                .clientId(MAIL)
                .clientName("Mail program")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                // Any port and path of the user's own machine: see RedirectUris.
                .redirectUri("http://127.0.0.1/")
                .scopes(scopes -> {
                    scopes.addAll(ABOUT_THE_USER);
                    scopes.addAll(MAIL_SCOPES);
                })
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(tokens())
                .build();
    }

    /** The lives of access and refresh tokens are settings: see TokenContents and RefreshTokenMaker. */
    private static TokenSettings tokens() {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(CODE_LIFE)
                .reuseRefreshTokens(false)
                .build();
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are configuration");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return clients.get(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return clients.get(clientId);
    }

    /** Whether a scope asks only to know who the user is. */
    static boolean aboutTheUser(String scope) {
        return ABOUT_THE_USER.contains(scope);
    }

    /** The URLs of the web applications, for pages that lead back to them. */
    Set<String> homes() {
        return new TreeSet<>(homes.values());
    }
}
