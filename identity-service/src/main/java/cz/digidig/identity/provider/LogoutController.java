package cz.digidig.identity.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import cz.digidig.common.web.PageController;
import cz.digidig.identity.signin.BrowserSessions;
import cz.digidig.identity.signin.SignedIn;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Log-out that an application starts (OpenID Connect RP-Initiated Logout 1.0): ends the sign-in that the ID token came
 * from, and all that was allowed during it, in every application.
 *
 * <p>An ID token may have expired or been replaced; its signature is what counts. Without one, or where another sign-in is
 * the browser's by now, its user is asked.
 */
@Hidden
@PageController
class LogoutController {
    static final String PATH = "/connect/logout";

    private final ProviderProperties properties;
    private final Clients clients;
    private final BrowserSessions sessions;
    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();

    LogoutController(
            ProviderProperties properties, Clients clients, BrowserSessions sessions, JWKSource<SecurityContext> keys) {
        this.properties = properties;
        this.clients = clients;
        this.sessions = sessions;
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        tokens.setJWTClaimsSetVerifier((_, _) -> {});
    }

    @GetMapping(PATH)
    String get(
            @RequestParam(name = "id_token_hint", required = false) @Nullable String hint,
            @RequestParam(name = "client_id", required = false) @Nullable String client,
            @RequestParam(name = "post_logout_redirect_uri", required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request,
            Model model) {
        Optional<Hint> known =
                read(hint).filter(said -> client == null || said.client().equals(client));
        Optional<SignedIn> current = sessions.current();
        if (known.isEmpty()
                || current.filter(signedIn -> !signedIn.id().equals(known.get().signIn()))
                        .isPresent()) {
            // The page's form carries a CSRF token, so a foreign page can't sign anybody out.
            model.addAttribute("signedIn", current.isPresent());
            return "pages/sign-out";
        }
        Hint said = known.get();
        sessions.end(request);
        sessions.end(said.account(), said.signIn());
        return "redirect:" + target(said.client(), target, state);
    }

    @PostMapping(PATH)
    String post(HttpServletRequest request) {
        sessions.end(request);
        return "redirect:/sign-in";
    }

    private String target(String client, @Nullable String wanted, @Nullable String state) {
        RegisteredClient registered = clients.findByClientId(client);
        if (wanted == null
                || registered == null
                || !registered.getPostLogoutRedirectUris().contains(wanted)) {
            return "/sign-in";
        }
        UriComponentsBuilder target = UriComponentsBuilder.fromUriString(wanted);
        if (state != null) {
            target.queryParam("state", "{state}");
            return target.encode().buildAndExpand(state).toUriString();
        }
        return target.build().toUriString();
    }

    private Optional<Hint> read(@Nullable String token) {
        if (token == null) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = tokens.process(token, null);
            List<String> audience = claims.getAudience();
            String signIn = claims.getStringClaim("sid");
            String account = claims.getSubject();
            boolean ours = properties.issuer().equals(claims.getIssuer());
            return ours && signIn != null && account != null && audience.size() == 1
                    ? Optional.of(new Hint(audience.getFirst(), account, signIn))
                    : Optional.empty();
        } catch (ParseException | BadJOSEException | KeySourceException notOurs) {
            return Optional.empty();
        } catch (JOSEException failed) {
            throw new IllegalStateException("an ID token can't be verified", failed);
        }
    }

    private record Hint(String client, String account, String signIn) {}
}
