package cz.digidig.identity.invitation;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.account.PasswordFault;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.web.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes invitations, and takes the password that somebody chooses by one. Each is good for one password. */
@Service
public class Invitations {
    private static final int CHARACTERS = 40;
    private static final int LONGEST = 100;

    private final AccountDirectory directory;
    private final Accounts accounts;
    private final Audit audit;
    private final CurrentSettings settings;
    private final JdbcClient jdbc;
    private final Clock clock;

    Invitations(
            AccountDirectory directory,
            Accounts accounts,
            Audit audit,
            CurrentSettings settings,
            JdbcClient jdbc,
            Clock clock) {
        this.directory = directory;
        this.accounts = accounts;
        this.audit = audit;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A new one, in place of the account's last; the answer is the only one that holds its token. */
    @Transactional
    Made invite(String account) {
        AccountFacts invited = directory
                .account(account)
                .filter(AccountFacts::enabled)
                .orElseThrow(() -> new ProblemException(ErrorCode.CONFLICT, "The account is disabled"));
        String token = SecretText.random(CHARACTERS);
        Instant expires = clock.instant().plus(settings.accounts().invitation());
        jdbc.sql("""
            insert into invitation (account_id, token_hash, expires_at) values (?, ?, ?)
            on conflict (account_id) do update
            set token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """)
                .params(account, SecretText.hash(token), Timestamp.from(expires))
                .update();
        audit.record(AuditAction.ACCOUNT_INVITED, invited.email(), invited.domain(), "");
        return new Made(token, expires);
    }

    /** Who is invited by a token; empty where it is not good (any more). */
    public Optional<AccountFacts> invited(String token) {
        return token.isEmpty() || token.length() > LONGEST
                ? Optional.empty()
                : jdbc.sql("select account_id from invitation where token_hash = ? and expires_at > ?")
                        .params(SecretText.hash(token), Timestamp.from(clock.instant()))
                        .query(String.class)
                        .optional()
                        .flatMap(directory::account)
                        .filter(AccountFacts::enabled);
    }

    /** Gives the invited account a password, unless something is wrong with it: then that is the answer. */
    public Optional<PasswordFault> accept(String token, AccountFacts account, String password) {
        return accounts.choosePassword(account.id(), password, () -> use(account.id(), token));
    }

    private void use(String account, String token) {
        int used = jdbc.sql("delete from invitation where account_id = ? and token_hash = ?")
                .params(account, SecretText.hash(token))
                .update();
        if (used == 0) {
            throw new ProblemException(ErrorCode.CONFLICT, "The invitation was used meanwhile");
        }
    }

    @Scheduled(initialDelayString = "PT13M", fixedDelayString = "PT6H")
    void sweep() {
        jdbc.sql("delete from invitation where expires_at < ?")
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    /** A new invitation. */
    record Made(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Made[" + expiresAt + "]";
        }
    }
}
