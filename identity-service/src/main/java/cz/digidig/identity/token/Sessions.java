package cz.digidig.identity.token;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.settings.CurrentSettings;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** A person's session: an access token that is good for minutes, and a refresh token that gets the next pair. */
@Service
public class Sessions {
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final AccountDirectory accounts;
    private final CurrentSettings settings;

    Sessions(
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            AccountDirectory accounts,
            CurrentSettings settings) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.accounts = accounts;
        this.settings = settings;
    }

    /** Begins a session for somebody whose credentials were checked. */
    public TokenPair open(AccountFacts account) {
        return pair(account, refreshTokens.begin(account.id()));
    }

    /** The next pair; empty where the refresh token is not valid (any more) or the account is disabled. */
    public Optional<TokenPair> refresh(String refreshToken) {
        return refreshTokens.rotate(refreshToken).flatMap(rotation -> accounts.account(rotation.account())
                .filter(AccountFacts::enabled)
                .map(account -> pair(account, rotation.token())));
    }

    /** Ends the session of a refresh token; also where it is none. */
    public void close(String refreshToken) {
        refreshTokens.end(refreshToken);
    }

    /** An access token of its own, with some of an account's scopes; those that the account has not are left out. */
    public Limited limited(AccountFacts account, List<String> scopes) {
        List<String> given = account.scopes().stream().filter(scopes::contains).toList();
        return new Limited(
                accessTokens.forAccount(account, given),
                settings.tokens().access().toSeconds(),
                given);
    }

    /**
     * An access token that can't be refreshed.
     *
     * @param seconds how long it lives
     * @param scopes what it may do
     */
    public record Limited(String token, long seconds, List<String> scopes) {
        @Override
        public String toString() {
            return "Limited[]";
        }
    }

    private TokenPair pair(AccountFacts account, String refreshToken) {
        return new TokenPair(
                accessTokens.forAccount(account),
                refreshToken,
                "Bearer",
                settings.tokens().access().toSeconds());
    }
}
