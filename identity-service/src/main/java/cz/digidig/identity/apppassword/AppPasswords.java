package cz.digidig.identity.apppassword;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.SecretText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, checks and revokes app passwords. */
@Service
public class AppPasswords {
    private static final int MOST = 50;
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private final AccountDirectory accounts;
    private final Audit audit;
    private final Changes changes;
    private final JdbcClient jdbc;
    private final Clock clock;

    AppPasswords(AccountDirectory accounts, Audit audit, Changes changes, JdbcClient jdbc, Clock clock) {
        this.accounts = accounts;
        this.audit = audit;
        this.changes = changes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<AppPassword> list(String account) {
        return jdbc.sql("select * from app_password where account_id = ? order by created_at, id")
                .param(account)
                .query(AppPassword::read)
                .list();
    }

    /** How many an account has. */
    public int count(String account) {
        return list(account).size();
    }

    /** A new one's id and password; the password is never shown again. */
    @Transactional
    Made create(String account, String name) {
        if (list(account).size() >= MOST) {
            throw new ProblemException(ErrorCode.CONFLICT, "There are " + MOST + " app passwords already");
        }
        String password = SecretText.grouped(5, 4);
        String id = OpaqueId.at(clock.millis());
        jdbc.sql("insert into app_password (id, account_id, name, secret_hash, created_at) values (?, ?, ?, ?, ?)")
                .params(id, account, name, hash(password), Timestamp.from(clock.instant()))
                .update();
        tell(account, AuditAction.APP_PASSWORD_CREATED, name);
        return new Made(id, name, password);
    }

    @Transactional
    void revoke(String account, String id) {
        String name = jdbc.sql("delete from app_password where account_id = ? and id = ? returning name")
                .params(account, id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such app password"));
        tell(account, AuditAction.APP_PASSWORD_REVOKED, name);
        changes.account(account);
    }

    /**
     * Whether a password is one of the account's app passwords; notes its use.
     *
     * @param protocol {@code imap} or {@code smtp}
     * @param client the client's IP address
     */
    public boolean accept(String account, String password, String protocol, String client) {
        Timestamp now = Timestamp.from(clock.instant());
        String hash = hash(password);
        boolean there = jdbc.sql("select count(*) from app_password where account_id = ? and secret_hash = ?")
                        .params(account, hash)
                        .query(Integer.class)
                        .single()
                == 1;
        if (there) {
            // Mail programs log in all the time: not each time is worth a write.
            jdbc.sql("""
                            update app_password set last_used_at = ?, last_used_by = ?, last_used_from = ?
                            where secret_hash = ? and (last_used_at is null or last_used_at < ?)
                            """)
                    .params(
                            now,
                            protocol,
                            client,
                            hash,
                            Timestamp.from(clock.instant().minus(USE_NOTED_EVERY)))
                    .update();
        }
        return there;
    }

    /** Typed by hand, with or without its hyphens. */
    private static String hash(String password) {
        return SecretText.hash(password.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    private void tell(String account, AuditAction action, String name) {
        accounts.account(account)
                .ifPresent(found -> audit.record(
                        action,
                        found.email(),
                        found.email().substring(found.email().indexOf('@') + 1),
                        name));
    }

    /** A new app password in clear. */
    @Schema(name = "MadeAppPassword")
    record Made(String id, String name, String password) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }
}
