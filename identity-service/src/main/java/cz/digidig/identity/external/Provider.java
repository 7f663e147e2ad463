package cz.digidig.identity.external;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import cz.digidig.identity.settings.ExternalProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * One other provider, as its discovery described it (OpenID Connect Core 1.0 §3.1, Discovery 1.0). It keeps the provider's
 * keys.
 */
final class Provider {
    private static final int WAIT = (int) Duration.ofSeconds(5).toMillis();
    private static final int MOST_OCTETS = 100_000;
    private static final Scope SCOPE = new Scope("openid", "email");
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private final ExternalProvider settings;
    private final ClientID client;
    private final OIDCProviderMetadata metadata;
    private final URI redirect;
    private final IDTokenValidator validator;

    private Provider(ExternalProvider settings, OIDCProviderMetadata metadata, URI redirect)
            throws MalformedURLException {
        this.settings = settings;
        this.client = new ClientID(settings.clientId());
        this.metadata = metadata;
        this.redirect = redirect;
        this.validator = new IDTokenValidator(
                metadata.getIssuer(),
                client,
                new JWSVerificationKeySelector<SecurityContext>(
                        ALGORITHMS,
                        JWKSourceBuilder.<SecurityContext>create(
                                        metadata.getJWKSetURI().toURL(),
                                        new DefaultResourceRetriever(WAIT, WAIT, MOST_OCTETS))
                                .build()),
                null);
    }

    static Provider discover(ExternalProvider settings, URI redirect) throws ProviderAway {
        try {
            return new Provider(
                    settings, OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), WAIT, WAIT), redirect);
        } catch (GeneralException | IOException failed) {
            throw new ProviderAway("the discovery of " + settings.issuer() + " failed", failed);
        }
    }

    Attempt begin() {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        URI uri = new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, client, redirect)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Attempt(settings.id(), uri.toString(), state.getValue(), nonce.getValue(), verifier.getValue());
    }

    /** Exchanges a code, and says whom the provider vouches for. */
    Vouched finish(Attempt attempt, String code) throws ProviderAway {
        try {
            OIDCTokenResponse tokens = exchange(code, attempt.verifier());
            IDTokenClaimsSet id = validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce()));
            ClaimsSet mail = id.getStringClaim("email") == null ? userInfo(tokens, id) : id;
            String email = mail.getStringClaim("email");
            boolean verified = Boolean.TRUE.equals(mail.getBooleanClaim("email_verified"));
            return new Vouched(settings.issuer(), id.getSubject().getValue(), email == null || !verified ? "" : email);
        } catch (ParseException | IOException | BadJOSEException | JOSEException failed) {
            throw new ProviderAway("the answer of " + settings.issuer() + " is not right", failed);
        }
    }

    private OIDCTokenResponse exchange(String code, String verifier) throws ParseException, IOException {
        TokenRequest request = new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        new ClientSecretBasic(client, new Secret(settings.password())),
                        new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier)))
                .build();
        TokenResponse answer = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw new ParseException(
                    "the code was refused: " + answer.toErrorResponse().getErrorObject());
        }
        return (OIDCTokenResponse) answer.toSuccessResponse();
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(WAIT);
        request.setReadTimeout(WAIT);
        return request.send();
    }

    private ClaimsSet userInfo(OIDCTokenResponse tokens, IDTokenClaimsSet id) throws ParseException, IOException {
        AccessToken token = tokens.getOIDCTokens().getAccessToken();
        UserInfoResponse answer = UserInfoResponse.parse(
                send(new UserInfoRequest(metadata.getUserInfoEndpointURI(), token).toHTTPRequest()));
        if (!answer.indicatesSuccess()
                || !answer.toSuccessResponse().getUserInfo().getSubject().equals(id.getSubject())) {
            throw new ParseException("the user info is of somebody else, or was refused");
        }
        return answer.toSuccessResponse().getUserInfo();
    }

    /**
     * Whom a provider vouches for.
     *
     * @param issuer the provider
     * @param subject who it is there
     * @param email the address that it verified; empty: none
     */
    record Vouched(String issuer, String subject, String email) {}
}
