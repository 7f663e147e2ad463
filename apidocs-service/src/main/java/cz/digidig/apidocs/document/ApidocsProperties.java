package cz.digidig.apidocs.document;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the documented services are.
 *
 * @param services short name and address as this service reaches it
 * @param publicUrls the addresses as programs reach them; a service that is not named has the same for both
 * @param mailServers the SMTP and IMAP listeners by the name that guides use, each as {@code host:port}
 * @param connectTimeout how long a connection to one may take
 * @param responseTimeout how long one may take to answer
 */
@Validated
@ConfigurationProperties("digidig.apidocs")
public record ApidocsProperties(
        @NotEmpty Map<String, URI> services,
        @DefaultValue Map<String, URI> publicUrls,
        @DefaultValue Map<String, String> mailServers,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration responseTimeout) {
    /** As pages list them. */
    private static final List<String> ORDER =
            List.of("identity", "storage", "smtp", "imap", "client", "admin", "apidocs");

    public ApidocsProperties {
        SequencedMap<String, URI> ordered = new LinkedHashMap<>();
        for (String name : ORDER) {
            if (services.containsKey(name)) {
                ordered.put(name, services.get(name));
            }
        }
        services = Collections.unmodifiableMap(ordered);
        publicUrls = Map.copyOf(publicUrls);
        mailServers = Map.copyOf(mailServers);
    }

    /** Where programs reach a service; without a slash at the end. */
    public String publicUrl(String service) {
        URI url = publicUrls.getOrDefault(service, services.get(service));
        String text = String.valueOf(url);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
