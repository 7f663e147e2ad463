package cz.digidig.identity.login;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.account.AccountCredential;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.credential.PasswordChecks;
import cz.digidig.identity.throttle.Throttle;
import java.util.Optional;
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
    private final Throttle throttle;

    Authenticator(AccountDirectory accounts, PasswordChecks passwords, Throttle throttle) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * The account whose address and password these are; empty where there is none such, without saying why.
     *
     * @param client the client's IP address in text form
     * @throws cz.digidig.identity.throttle.TooManyAttempts when there were too many failures
     */
    public Optional<AccountFacts> authenticate(String username, String password, String client) {
        if (username.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        String key = EmailAddress.parse(username).map(EmailAddress::key).orElse("");
        throttle.check(key, client);
        Optional<AccountCredential> found = accounts.credential(key);
        String stored = found.map(AccountCredential::passwordHash).orElse(null);
        // Attempts may have queued up while others failed: each is judged again when its turn to be hashed comes.
        boolean right = passwords.matches(password, stored, () -> throttle.check(key, client));
        Optional<AccountFacts> accepted =
                found.filter(account -> right).map(AccountCredential::facts).filter(AccountFacts::enabled);
        if (accepted.isPresent()) {
            throttle.succeeded(key, client);
        } else {
            throttle.failed(key, client);
            LOG.info("A log-in as {} from {} was refused", key, client);
        }
        return accepted;
    }
}
