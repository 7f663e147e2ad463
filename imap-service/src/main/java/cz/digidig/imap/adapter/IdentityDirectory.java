package cz.digidig.imap.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.api.identity.AccountSummary;
import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.common.security.VerifiedToken;
import cz.digidig.imap.session.Account;
import cz.digidig.imap.session.Directory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks identity. An accepted log-in is kept for seconds, known by a digest under a key of this process alone, and dropped
 * when identity says that something changed.
 */
final class IdentityDirectory implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityDirectory.class);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int MOST = 10_000;
    private static final String READ = "mail.read";

    private final IdentityApi identity;
    private final TokenVerifier tokens;
    private final SecretKeySpec key;
    private final AtomicLong changes = new AtomicLong();
    private final Cache<String, Account> accepted =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    IdentityDirectory(IdentityApi identity, TokenVerifier tokens) {
        this.identity = identity;
        this.tokens = tokens;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Something changed, or changes may have been missed. */
    void changed() {
        changes.incrementAndGet();
        accepted.invalidateAll();
    }

    @Override
    public LogIn password(String username, String password, String clientAddress) {
        return cached(
                "p\0" + clientAddress + "\0" + username + "\0" + password,
                () -> accept(
                        identity.authenticate(new AuthenticationRequest(username, password, "imap", clientAddress))));
    }

    @Override
    public LogIn token(String token) {
        return cached("t\0" + token, () -> {
            Optional<VerifiedToken> verified = tokens.verify(token);
            if (verified.isEmpty() || !verified.get().caller().hasScope(READ)) {
                return new LogIn.Rejected();
            }
            return accept(identity.account(verified.get().caller().accountId()));
        });
    }

    private LogIn cached(String secret, Supplier<LogIn> ask) {
        String digest = digest(secret);
        Account known = accepted.getIfPresent(digest);
        if (known != null) {
            return new LogIn.Accepted(known);
        }
        long before = changes.get();
        try {
            LogIn result = ask.get();
            if (result instanceof LogIn.Accepted accept && changes.get() == before) {
                accepted.put(digest, accept.account());
            }
            return result;
        } catch (ServiceProblem problem) {
            if (problem.code() == ErrorCode.TOO_MANY_ATTEMPTS) {
                return new LogIn.Throttled();
            }
            boolean refused = problem.code() == ErrorCode.INVALID_CREDENTIALS
                    || problem.status() == 400
                    || problem.status() == 404
                    || problem.status() == 422;
            return refused ? new LogIn.Rejected() : unavailable(problem);
        } catch (ServiceFailure down) {
            return unavailable(down);
        }
    }

    private static LogIn unavailable(ServiceFailure failure) {
        LOG.atWarn().setCause(failure).log("identity can't check a log-in");
        return new LogIn.Unavailable();
    }

    private static LogIn accept(AccountSummary account) {
        return account.enabled()
                ? new LogIn.Accepted(new Account(account.id(), account.email()))
                : new LogIn.Rejected();
    }

    /** What a repeated log-in is known by: nothing from which the secret could be found. */
    private String digest(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
