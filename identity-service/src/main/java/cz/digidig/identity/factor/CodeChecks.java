package cz.digidig.identity.factor;

import cz.digidig.identity.throttle.Throttle;
import org.springframework.stereotype.Component;

/**
 * Takes codes of second factors, with growing waits after failures. They are counted apart from passwords: whoever has the
 * password could else clear the count with it.
 */
@Component
public class CodeChecks {
    private final SecondFactors factors;
    private final Throttle throttle;

    CodeChecks(SecondFactors factors, Throttle throttle) {
        this.factors = factors;
        this.throttle = throttle;
    }

    /** Whether an account's log-in needs a code. */
    public boolean needed(String account) {
        return factors.needed(account);
    }

    /**
     * Whether this is a code of the account's, good for this one time.
     *
     * @param client the client's IP address in text form
     * @throws cz.digidig.identity.throttle.TooManyAttempts when there were too many failures
     */
    public boolean accept(String account, String code, String client) {
        String key = "code " + account;
        throttle.check(key, client);
        boolean right = factors.accept(account, code);
        if (right) {
            throttle.succeeded(key, client);
        } else {
            throttle.failed(key, client);
        }
        return right;
    }
}
