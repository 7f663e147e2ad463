package cz.digidig.identity.factor;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.secret.SealBroken;
import cz.digidig.identity.secret.SecretSeal;
import cz.digidig.identity.web.SecretText;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An account's second factor: enrolled, checked, taken away. A code is good for one use, whichever process sees it. */
@Service
public class SecondFactors {
    private static final int RECOVERY_CODES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final String CONTEXT = "totp ";

    private final AccountDirectory accounts;
    private final SecretSeal seal;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    SecondFactors(AccountDirectory accounts, SecretSeal seal, Audit audit, JdbcClient jdbc, Clock clock) {
        this.accounts = accounts;
        this.seal = seal;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether an account's sign-in needs one. */
    public boolean needed(String account) {
        return jdbc.sql("select count(*) from totp where account_id = ? and confirmed_at is not null")
                        .param(account)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private Optional<String> secret(String account, boolean confirmed) {
        return jdbc.sql("select secret from totp where account_id = ? and (confirmed_at is not null) = ?")
                .params(account, confirmed)
                .query(String.class)
                .optional()
                .flatMap(kept -> opened(account, kept));
    }

    /** Without the key that it was sealed by, recovery codes are left. */
    private Optional<String> opened(String account, String kept) {
        try {
            byte[] secret = seal.open(Base64.getDecoder().decode(kept), CONTEXT + account);
            return Optional.of(new String(secret, StandardCharsets.US_ASCII));
        } catch (SealBroken broken) {
            LOG.error("The second factor of account {} can't be read", account, broken);
            return Optional.empty();
        }
    }

    private String closed(String account, String secret) {
        return Base64.getEncoder()
                .encodeToString(seal.seal(secret.getBytes(StandardCharsets.US_ASCII), CONTEXT + account));
    }

    /** Begins an enrolment and returns its secret; what was begun before is forgotten, what is in use stays. */
    @Transactional
    public String enrol(String account) {
        String secret = OneTimePasswords.secret();
        jdbc.sql("""
                        insert into totp (account_id, secret) values (?, ?)
                        on conflict (account_id) do update set secret = excluded.secret where totp.confirmed_at is null
                        """).params(account, closed(account, secret)).update();
        return secret(account, false).orElse("");
    }

    /**
     * Ends an enrolment by the first code and returns the recovery codes, which are never shown again; empty where the
     * code is not right or nothing was begun.
     */
    @Transactional
    public List<String> confirm(String account, String code) {
        OptionalLong step = secret(account, false)
                .map(secret -> OneTimePasswords.step(secret, plain(code), clock.instant()))
                .orElse(OptionalLong.empty());
        if (step.isEmpty()) {
            return List.of();
        }
        jdbc.sql("update totp set confirmed_at = ?, last_step = ? where account_id = ?")
                .params(Timestamp.from(clock.instant()), step.getAsLong(), account)
                .update();
        tell(account, AuditAction.SECOND_FACTOR_ADDED, "");
        return newRecoveryCodes(account);
    }

    /** The secret of an enrolment that lacks its first code. */
    Optional<String> begun(String account) {
        return secret(account, false);
    }

    /** Replaces the recovery codes; the new ones are never shown again. */
    @Transactional
    List<String> replaceRecoveryCodes(String account) {
        tell(account, AuditAction.RECOVERY_CODES_REPLACED, "");
        return newRecoveryCodes(account);
    }

    private List<String> newRecoveryCodes(String account) {
        jdbc.sql("delete from recovery_code where account_id = ?")
                .param(account)
                .update();
        List<String> codes = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(_ -> SecretText.grouped(2, 5))
                .toList();
        codes.forEach(code -> jdbc.sql("insert into recovery_code (account_id, code_hash) values (?, ?)")
                .params(account, recoveryHash(account, code))
                .update());
        return codes;
    }

    /** Takes a code, of the app or for recovery. */
    @Transactional
    public boolean accept(String account, String given) {
        String code = plain(given);
        OptionalLong step = secret(account, true)
                .map(secret -> OneTimePasswords.step(secret, code, clock.instant()))
                .orElse(OptionalLong.empty());
        if (step.isPresent()) {
            return jdbc.sql("update totp set last_step = ? where account_id = ? and last_step < ?")
                            .params(step.getAsLong(), account, step.getAsLong())
                            .update()
                    == 1;
        }
        boolean recovered = jdbc.sql("delete from recovery_code where account_id = ? and code_hash = ?")
                        .params(account, recoveryHash(account, code))
                        .update()
                == 1;
        if (recovered) {
            tell(account, AuditAction.RECOVERY_CODE_USED, left(account) + " left");
        }
        return recovered;
    }

    /** How many recovery codes are left. */
    public int left(String account) {
        return jdbc.sql("select count(*) from recovery_code where account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** Takes the second factor away, with all that hangs on it; false: there was none. */
    @Transactional
    public boolean remove(String account) {
        return removeBy(account, account);
    }

    /** The same by somebody who may. */
    @Transactional
    public boolean removeBy(String actor, String account) {
        boolean there =
                jdbc.sql("delete from totp where account_id = ?").param(account).update() == 1;
        jdbc.sql("delete from recovery_code where account_id = ?")
                .param(account)
                .update();
        jdbc.sql("delete from trusted_device where account_id = ?")
                .param(account)
                .update();
        if (there) {
            accounts.account(account)
                    .ifPresent(found -> audit.recordBy(
                            actor, AuditAction.SECOND_FACTOR_REMOVED, found.email(), found.domain(), ""));
        }
        return there;
    }

    private void tell(String account, AuditAction action, String details) {
        accounts.account(account)
                .map(AccountFacts::email)
                .ifPresent(email ->
                        audit.recordBy(account, action, email, email.substring(email.indexOf('@') + 1), details));
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String recoveryHash(String account, String code) {
        return SecretText.hash(account + " " + plain(code));
    }
}
