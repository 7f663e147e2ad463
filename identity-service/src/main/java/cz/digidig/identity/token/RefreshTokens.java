package cz.digidig.identity.token;

import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.web.OpaqueId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refresh tokens: random text, kept as a hash, good for one use. All that come from one log-in are a family.
 *
 * <p>A used token that comes again was stolen, or its successor was: the whole family ends, whoever holds it.
 */
@Component
class RefreshTokens {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshTokens.class);
    private static final int MOST_FAMILIES = 50;

    private final JdbcClient jdbc;
    private final CurrentSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(JdbcClient jdbc, CurrentSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins a family and returns its first token. An account's oldest families beyond a bound end. */
    @Transactional
    public String begin(String account) {
        Instant now = clock.instant();
        String family = OpaqueId.at(now.toEpochMilli());
        jdbc.sql("insert into refresh_family (id, account_id, created_at, expires_at) values (?, ?, ?, ?)")
                .params(
                        family,
                        account,
                        Timestamp.from(now),
                        Timestamp.from(now.plus(settings.tokens().session())))
                .update();
        jdbc.sql("""
                        delete from refresh_family where id in (
                            select id from refresh_family where account_id = ? order by created_at desc, id desc offset ?)
                        """).params(account, MOST_FAMILIES).update();
        return add(family, now);
    }

    private String add(String family, Instant now) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into refresh_token (token_hash, family_id, expires_at) values (?, ?, ?)")
                .params(
                        hash(token),
                        family,
                        Timestamp.from(now.plus(settings.tokens().refresh())))
                .update();
        return token;
    }

    /** Takes a token and gives its successor; empty where it is not valid (any more). */
    @Transactional
    public Optional<Rotation> rotate(String token) {
        Instant now = clock.instant();
        Optional<Rotation> rotation = jdbc.sql("""
                        update refresh_token t set used = true
                        from refresh_family f
                        where t.token_hash = ? and not t.used and t.expires_at > ?
                          and f.id = t.family_id and f.expires_at > ?
                        returning f.id, f.account_id
                        """)
                .params(hash(token), Timestamp.from(now), Timestamp.from(now))
                .query((row, number) -> new Rotation(row.getString("account_id"), add(row.getString("id"), now)))
                .optional();
        if (rotation.isEmpty()) {
            endStolen(token);
        }
        return rotation;
    }

    private void endStolen(String token) {
        jdbc.sql("""
                        delete from refresh_family
                        where id = (select family_id from refresh_token where token_hash = ? and used)
                        returning account_id
                        """)
                .param(hash(token))
                .query(String.class)
                .optional()
                .ifPresent(account ->
                        LOG.warn("A refresh token of account {} was used twice; its session ended", account));
    }

    /** Ends the family of a token; does nothing where there is none. */
    public void end(String token) {
        jdbc.sql("delete from refresh_family where id = (select family_id from refresh_token where token_hash = ?)")
                .param(hash(token))
                .update();
    }

    @EventListener
    void endAll(SessionsEnd event) {
        jdbc.sql("delete from refresh_family where account_id = ?")
                .param(event.account())
                .update();
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void sweep() {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        delete from refresh_family f
                        where expires_at < ?
                           or not exists (select 1 from refresh_token t where t.family_id = f.id and t.expires_at > ?)
                        """).params(now, now).update();
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is in every JDK", missing);
        }
    }

    /** A token's successor and whose it is. */
    record Rotation(String account, String token) {
        @Override
        public String toString() {
            return "Rotation[" + account + "]";
        }
    }
}
