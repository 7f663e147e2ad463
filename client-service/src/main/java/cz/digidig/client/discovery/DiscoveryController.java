package cz.digidig.client.discovery;

import cz.digidig.client.configuration.ClientSettings;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.mail.EmailAddress;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Answers servers and mail programs that follow a domain's DNS records. They get no page, and no session. */
@Hidden
@Controller
class DiscoveryController {
    private static final String MTA_STS = "mta-sts.";
    private static final String AUTOCONFIG = "autoconfig.";
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Installation installation;
    private final ConfigurationStore<ClientSettings> settings;

    DiscoveryController(Installation installation, ConfigurationStore<ClientSettings> settings) {
        this.installation = installation;
        this.settings = settings;
    }

    /**
     * The policy of the domain by whose host {@code mta-sts.<domain>} it is asked for (RFC 8461 §3.3).
     *
     * @param domain or the domain itself, for who looks at what is served
     */
    @GetMapping("/.well-known/mta-sts.txt")
    ResponseEntity<byte[]> policy(@RequestParam(defaultValue = "") String domain, HttpServletRequest request) {
        return answer(domain.isEmpty() ? behind(MTA_STS, request) : domain, MediaType.TEXT_PLAIN, _ -> new MtaStsPolicy(
                        settings.current().mtaSts(), installation.mailHost())
                .text());
    }

    /**
     * The set-up for a domain: that of the address, else that of the host {@code autoconfig.<domain>} or {@code
     * <domain>}.
     */
    @GetMapping({"/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml"})
    ResponseEntity<byte[]> setup(
            @RequestParam(name = "emailaddress", defaultValue = "") String address, HttpServletRequest request) {
        String named = address.substring(address.lastIndexOf('@') + 1);
        return answer(
                named.isEmpty() ? behind(AUTOCONFIG, request) : named,
                MediaType.TEXT_XML,
                domain -> new ProgramSetup(domain, installation.mailHost()).xml());
    }

    private static String behind(String prefix, HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return host.startsWith(prefix) ? host.substring(prefix.length()) : host;
    }

    private ResponseEntity<byte[]> answer(String name, MediaType type, Function<String, String> content) {
        Optional<String> domain = EmailAddress.domain(name);
        try {
            if (domain.isEmpty() || !installation.serves(domain.get())) {
                return ResponseEntity.notFound().build();
            }
            return ResponseEntity.ok()
                    .contentType(new MediaType(type, StandardCharsets.UTF_8))
                    .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                    .body(content.apply(domain.get()).getBytes(StandardCharsets.UTF_8));
        } catch (ServiceFailure away) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        }
    }
}
