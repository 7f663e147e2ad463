package cz.digidig.identity.provider;

import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.signin.SignInEnded;
import cz.digidig.identity.signin.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What clients were allowed, in PostgreSQL. Codes and tokens are kept as SHA-256 with a mark before it, so whoever reads
 * the database can use none of them.
 *
 * <p>A refresh token is taken when it is looked up for its grant: of two requests with the same one the second ends the
 * authorization, whichever of them was the thief's.
 */
@Component
class Authorizations implements OAuth2AuthorizationService {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizations.class);
    private static final String MARK = "sha256:";

    /** Where values of codes and tokens stand among the parameters of Spring's statements. */
    private static final Set<Integer> VALUES = Set.of(7, 11, 17, 21);

    private static final Duration KEPT_AFTER_THE_END = Duration.ofHours(1);

    private final JdbcOAuth2AuthorizationService stored;
    private final JdbcClient jdbc;
    private final Clock clock;

    Authorizations(JdbcOperations operations, JdbcClient jdbc, Clients clients, Clock clock) {
        this.stored = new JdbcOAuth2AuthorizationService(operations, clients);
        this.jdbc = jdbc;
        this.clock = clock;
        var parameters = new JdbcOAuth2AuthorizationService.JsonMapperOAuth2AuthorizationParametersMapper();
        stored.setAuthorizationParametersMapper(authorization -> hashed(parameters.apply(authorization)));
    }

    private static List<SqlParameterValue> hashed(List<SqlParameterValue> parameters) {
        List<SqlParameterValue> hashed = new ArrayList<>(parameters);
        for (int place : VALUES) {
            if (hashed.get(place).getValue() instanceof String value && !value.startsWith(MARK)) {
                hashed.set(place, new SqlParameterValue(Types.VARCHAR, hash(value)));
            }
        }
        return hashed;
    }

    @Override
    @Transactional
    public void save(OAuth2Authorization authorization) {
        stored.save(authorization);
        Authentication owner = authorization.getAttribute(Principal.class.getName());
        if (owner != null && !authorization.getRegisteredClientId().equals(Clients.MAIL)) {
            jdbc.sql("update oauth2_authorization set sign_in = ? where id = ? and sign_in is null")
                    .params(SignedIn.of(owner).id(), authorization.getId())
                    .update();
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        stored.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return stored.findById(id);
    }

    @Override
    @Transactional
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && type.getValue().equals("state")) {
            return stored.findByToken(token, type);
        }
        String hash = hash(token);
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
            return stored.findByToken(hash, type);
        }
        OAuth2Authorization found = stored.findByToken(hash, type);
        return found != null && use(hash, found.getId()) ? found : endStolen(hash);
    }

    private boolean use(String hash, String authorization) {
        return jdbc.sql("""
                        insert into oauth2_used_refresh_token (token_hash, authorization_id) values (?, ?)
                        on conflict do nothing
                        """).params(hash, authorization).update() == 1;
    }

    private @Nullable OAuth2Authorization endStolen(String hash) {
        jdbc.sql("""
                        delete from oauth2_authorization
                        where id = (select authorization_id from oauth2_used_refresh_token where token_hash = ?)
                        returning principal_name
                        """)
                .param(hash)
                .query(String.class)
                .optional()
                .ifPresent(account ->
                        LOG.warn("A refresh token of account {} was used twice; its session ended", account));
        return null;
    }

    /** Ends what was allowed during a sign-in. */
    @EventListener
    void endWith(SignInEnded event) {
        jdbc.sql("delete from oauth2_authorization where sign_in = ?")
                .param(event.signIn())
                .update();
    }

    /** Ends all that an account allowed. */
    @EventListener
    void endAll(SessionsEnd event) {
        jdbc.sql("delete from oauth2_authorization where principal_name = ?")
                .param(event.account())
                .update();
    }

    @Scheduled(initialDelayString = "PT11M", fixedDelayString = "PT1H")
    void sweep() {
        Timestamp before = Timestamp.from(clock.instant().minus(KEPT_AFTER_THE_END));
        jdbc.sql("""
                        delete from oauth2_authorization
                        where greatest(authorization_code_expires_at, access_token_expires_at, refresh_token_expires_at) < ?
                           or (greatest(authorization_code_expires_at, access_token_expires_at, refresh_token_expires_at)
                               is null and created_at < ?)
                        """).params(before, before).update();
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return MARK + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is in every JDK", missing);
        }
    }
}
