package cz.digidig.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A relying party by Nimbus' OpenID library, which knows of the provider what discovery says. */
public final class TestRelyingParty {
    private final OIDCProviderMetadata provider;
    private final ClientID client;
    private final @Nullable String secret;
    private final URI redirect;

    private TestRelyingParty(OIDCProviderMetadata provider, String client, @Nullable String secret, URI redirect) {
        this.provider = provider;
        this.client = new ClientID(client);
        this.secret = secret;
        this.redirect = redirect;
    }

    /** Discovers the provider. */
    public static TestRelyingParty of(String issuer, String client, @Nullable String secret, String redirect) {
        try {
            return new TestRelyingParty(
                    OIDCProviderMetadata.resolve(new Issuer(issuer)), client, secret, URI.create(redirect));
        } catch (GeneralException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public OIDCProviderMetadata provider() {
        return provider;
    }

    /** An authorization request under way. */
    public record Attempt(URI uri, State state, Nonce nonce, CodeVerifier verifier) {}

    public Attempt begin(String scopes) {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        URI uri = new AuthenticationRequest.Builder(ResponseType.CODE, Scope.parse(scopes), client, redirect)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Attempt(uri, state, nonce, verifier);
    }

    /** The code of the answer, whose state is checked. */
    public AuthorizationCode code(Attempt attempt, URI answer) {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                throw new IllegalStateException(
                        response.toErrorResponse().getErrorObject().toString());
            }
            if (!attempt.state().equals(response.getState())) {
                throw new IllegalStateException("another state: " + answer + " instead of " + attempt.uri());
            }
            return response.toSuccessResponse().getAuthorizationCode();
        } catch (ParseException broken) {
            throw new IllegalStateException(answer.toString(), broken);
        }
    }

    /** What the token end point answered. */
    public record Tokens(
            @Nullable OIDCTokenResponse success, @Nullable ErrorObject error) {
        public String access() {
            return granted().getOIDCTokens().getAccessToken().getValue();
        }

        public RefreshToken refresh() {
            return granted().getOIDCTokens().getRefreshToken();
        }

        public String idToken() {
            return granted().getOIDCTokens().getIDTokenString();
        }

        public Scope scope() {
            return granted().getOIDCTokens().getAccessToken().getScope();
        }

        public String errorCode() {
            return error == null ? "" : error.getCode();
        }

        private OIDCTokenResponse granted() {
            if (success == null) {
                throw new IllegalStateException("refused: " + error);
            }
            return success;
        }
    }

    public Tokens exchange(AuthorizationCode code, CodeVerifier verifier) {
        return ask(new AuthorizationCodeGrant(code, redirect, verifier));
    }

    public Tokens refresh(RefreshToken token) {
        return ask(new RefreshTokenGrant(token));
    }

    private Tokens ask(AuthorizationGrant grant) {
        TokenRequest.Builder request = secret == null
                ? new TokenRequest.Builder(provider.getTokenEndpointURI(), client, grant)
                : new TokenRequest.Builder(
                        provider.getTokenEndpointURI(), new ClientSecretBasic(client, new Secret(secret)), grant);
        try {
            TokenResponse answer = OIDCTokenResponseParser.parse(
                    request.build().toHTTPRequest().send());
            return answer.indicatesSuccess()
                    ? new Tokens((OIDCTokenResponse) answer.toSuccessResponse(), null)
                    : new Tokens(null, answer.toErrorResponse().getErrorObject());
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Verifies an ID token as OpenID Connect Core §3.1.3.7 says. */
    public IDTokenClaimsSet verify(Tokens tokens, Nonce nonce) {
        try {
            IDTokenValidator validator = new IDTokenValidator(
                    provider.getIssuer(),
                    client,
                    JWSAlgorithm.RS256,
                    provider.getJWKSetURI().toURL());
            return validator.validate(tokens.granted().getOIDCTokens().getIDToken(), nonce);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (BadJOSEException | JOSEException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
