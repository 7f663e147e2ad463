package cz.digidig.admin.backend;

import cz.digidig.common.signin.AccessToken;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Calls to the suite's services for pages. */
@Component
public final class Backend {
    private static final int MOST_CONNECTIONS = 64;

    private final AdminProperties properties;
    private final AccessToken person;
    private final RestClient http;
    private final JsonMapper json;

    Backend(AdminProperties properties, AccessToken person, RestClient.Builder builder, JsonMapper json) {
        this.properties = properties;
        this.person = person;
        this.json = json;
        HttpComponentsClientHttpRequestFactory requests =
                new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(MOST_CONNECTIONS / 2)
                                .setMaxConnTotal(MOST_CONNECTIONS)
                                .setDefaultConnectionConfig(ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                                        .setSocketTimeout(Timeout.of(properties.responseTimeout()))
                                        .build())
                                .build())
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .build());
        requests.setReadTimeout(properties.responseTimeout());
        requests.setConnectionRequestTimeout(properties.connectTimeout());
        this.http = builder.clone().requestFactory(requests).build();
    }

    /** The services that this installation has. */
    public List<Service> services() {
        return Arrays.stream(Service.values())
                .filter(properties.services()::containsKey)
                .toList();
    }

    /** Where a service answers. */
    public Optional<URI> url(Service service) {
        return Optional.ofNullable(properties.services().get(service));
    }

    /** Calls of the person whose request this thread answers; the result may be used on other threads too. */
    public Calls mine() {
        return new Calls(properties.services(), http, json, person.current());
    }

    /** Calls without a token, for what is open to all. */
    public Calls open() {
        return new Calls(properties.services(), http, json, "");
    }
}
