package cz.digidig.identity.apikey;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.Refusals;
import cz.digidig.identity.web.SecretText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, checks and revokes keys. */
@Service
class ApiKeys {
    /** By it people and scanners of leaked secrets know what they see. */
    static final String MARK = "ddk_";

    private static final int MOST = 50;
    private static final int CHARACTERS = 40;
    private static final int LONGEST = 200;
    private static final Duration LONGEST_LIFE = Duration.ofDays(731);

    private final AccountDirectory accounts;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    ApiKeys(AccountDirectory accounts, Audit audit, JdbcClient jdbc, Clock clock) {
        this.accounts = accounts;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<ApiKey> list(String account) {
        return jdbc.sql("select * from api_key where account_id = ? order by created_at, id")
                .param(account)
                .query(ApiKey::read)
                .list();
    }

    /** A new key; the answer is the only one that shows it. */
    @Transactional
    Made create(String account, String name, List<String> scopes, Instant expiresAt) {
        AccountFacts owner = accounts.account(account).orElseThrow(ApiKeys::missing);
        Instant now = clock.instant();
        if (!owner.scopes().containsAll(scopes)) {
            throw Refusals.field("scopes", "must be among " + String.join(" ", owner.scopes()));
        }
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST_LIFE))) {
            throw Refusals.field("expiresAt", "must be within the next two years");
        }
        if (list(account).size() >= MOST) {
            throw new ProblemException(ErrorCode.CONFLICT, "There are " + MOST + " keys already");
        }
        String id = OpaqueId.at(now.toEpochMilli());
        String key = MARK + SecretText.random(CHARACTERS);
        jdbc.sql("""
                        insert into api_key (id, account_id, name, key_hash, scopes, created_at, expires_at)
                        values (?, ?, ?, ?, ?::text[], ?, ?)
                        """)
                .params(
                        id,
                        account,
                        name,
                        SecretText.hash(key),
                        scopes.stream().distinct().toArray(String[]::new),
                        Timestamp.from(now),
                        Timestamp.from(expiresAt))
                .update();
        tell(owner, AuditAction.API_KEY_CREATED, name + ": " + String.join(" ", scopes));
        return new Made(id, name, key);
    }

    @Transactional
    void revoke(String account, String id) {
        String name = jdbc.sql("delete from api_key where account_id = ? and id = ? returning name")
                .params(account, id)
                .query(String.class)
                .optional()
                .orElseThrow(ApiKeys::missing);
        accounts.account(account).ifPresent(owner -> tell(owner, AuditAction.API_KEY_REVOKED, name));
    }

    /** Whose key it is and for what; empty where it is none (any more). */
    Optional<Grant> exchange(String key) {
        if (!key.startsWith(MARK) || key.length() > LONGEST) {
            return Optional.empty();
        }
        Timestamp now = Timestamp.from(clock.instant());
        return jdbc.sql("""
                        update api_key set last_used_at = ? where key_hash = ? and expires_at > ?
                        returning account_id, scopes
                        """)
                .params(now, SecretText.hash(key), now)
                .query((row, number) -> new Owned(row.getString("account_id"), List.of((String[])
                        row.getArray("scopes").getArray())))
                .optional()
                .flatMap(owned -> accounts.account(owned.account())
                        .filter(AccountFacts::enabled)
                        .map(account -> new Grant(account, owned.scopes())));
    }

    private void tell(AccountFacts owner, AuditAction action, String details) {
        audit.record(action, owner.email(), owner.domain(), details);
    }

    private static ProblemException missing() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such key");
    }

    private record Owned(String account, List<String> scopes) {}

    /** Whose key it is, and what a token for it may do at most. */
    record Grant(AccountFacts account, List<String> scopes) {}

    /** A new key in clear. */
    @Schema(name = "MadeApiKey")
    record Made(String id, String name, String key) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }
}
