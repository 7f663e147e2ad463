package cz.digidig.identity.login;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.account.AccountCredential;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.apppassword.AppPasswords;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.credential.PasswordChecks;
import cz.digidig.identity.factor.SecondFactors;
import cz.digidig.identity.throttle.Throttle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Checks an address and a password: by the web's log-in and the mail protocols' alike. */
@Service
public class Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
    private static final int LONGEST_PASSWORD = 256;
    private static final int LONGEST_NAME = 320;

    private final AccountDirectory accounts;
    private final PasswordChecks passwords;
    private final AppPasswords appPasswords;
    private final SecondFactors factors;
    private final Throttle throttle;
    private final Audit audit;

    Authenticator(
            AccountDirectory accounts,
            PasswordChecks passwords,
            AppPasswords appPasswords,
            SecondFactors factors,
            Throttle throttle,
            Audit audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.appPasswords = appPasswords;
        this.factors = factors;
        this.throttle = throttle;
        this.audit = audit;
    }

    /**
     * The account whose address and password these are; empty where there is none such, without saying why. Whether a second
     * factor is needed too is the caller's to ask.
     *
     * @param client the client's IP address in text form
     * @throws cz.digidig.identity.throttle.TooManyAttempts when there were too many failures
     */
    public Optional<AccountFacts> authenticate(String username, String password, String client) {
        return authenticate(
                username,
                password,
                client,
                "web",
                (account, gate) -> passwords.matches(password, stored(account), gate));
    }

    /**
     * The same for a mail program, which has no way to send a second factor: it may use an app password, and nothing else
     * once the account has a second factor. Every refusal costs one hash and one entry of the audit log, whatever
     * its reason.
     *
     * @param protocol {@code imap} or {@code smtp}
     */
    public Optional<AccountFacts> authenticateMail(String username, String password, String protocol, String client) {
        return authenticate(username, password, client, protocol, (account, gate) -> {
            String id = account.map(found -> found.facts().id()).orElse("");
            return appPasswords.accept(id, password, protocol, client)
                    || passwords.matches(password, factors.needed(id) ? null : stored(account), gate);
        });
    }

    private static @Nullable String stored(Optional<AccountCredential> account) {
        return account.map(AccountCredential::passwordHash).orElse(null);
    }

    private Optional<AccountFacts> authenticate(
            String username, String password, String client, String protocol, Check check) {
        if (username.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        String key = EmailAddress.parse(username).map(EmailAddress::key).orElse("");
        throttle.check(key, client);
        Optional<AccountCredential> found = accounts.credential(key);
        // Attempts may have queued up while others failed: each is judged again when its turn to be hashed comes.
        boolean right = check.right(found, () -> throttle.check(key, client));
        Optional<AccountFacts> accepted =
                found.filter(account -> right).map(AccountCredential::facts).filter(AccountFacts::enabled);
        if (accepted.isPresent()) {
            throttle.succeeded(key, client);
        } else {
            throttle.failed(key, client);
            LOG.info("A log-in as {} from {} was refused", key, client);
            audit.recordBy(
                    found.map(account -> account.facts().id()).orElse(""),
                    AuditAction.SIGN_IN_REFUSED,
                    key,
                    key.substring(key.lastIndexOf('@') + 1),
                    protocol + " from " + client);
        }
        return accepted;
    }

    /** How a password is checked. */
    private interface Check {
        boolean right(Optional<AccountCredential> account, Runnable gate);
    }
}
