package cz.digidig.identity.token;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.settings.CurrentSettings;
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

    private TokenPair pair(AccountFacts account, String refreshToken) {
        return new TokenPair(
                accessTokens.forAccount(account),
                refreshToken,
                "Bearer",
                settings.tokens().access().toSeconds());
    }
}
