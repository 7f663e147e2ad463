package cz.digidig.smtp.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.common.api.identity.AccountSummary;
import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.security.TokenVerifier;
import cz.digidig.common.security.VerifiedToken;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.spool.Target;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks identity. Answers are kept for seconds and dropped when identity says that something changed; while it does not
 * answer, what it said of a recipient within the last hour still counts.
 */
final class IdentityDirectory implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityDirectory.class);
    private static final Duration RECIPIENT_FRESH = Duration.ofSeconds(30);
    private static final Duration RECIPIENT_KEPT = Duration.ofHours(1);
    private static final Duration LOG_IN_KEPT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(30);
    private static final int MOST_RECIPIENTS = 50_000;
    private static final int MOST_LOG_INS = 10_000;
    private static final String SEND = "mail.send";
    private static final String POSTMASTER = "postmaster";
    private static final String ADMINISTRATOR = "admin";

    private final IdentityApi identity;
    private final TokenVerifier tokens;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Cache<String, Known> recipients = Caffeine.newBuilder()
            .maximumSize(MOST_RECIPIENTS)
            .expireAfterWrite(RECIPIENT_KEPT)
            .build();
    private final Cache<String, Account> logIns = Caffeine.newBuilder()
            .maximumSize(MOST_LOG_INS)
            .expireAfterWrite(LOG_IN_KEPT)
            .build();
    private final Cache<String, Account> accounts = Caffeine.newBuilder()
            .maximumSize(MOST_LOG_INS)
            .expireAfterWrite(LOG_IN_KEPT)
            .build();
    private volatile long freshSince;

    /** What identity said of a recipient, and when (milliseconds of the epoch). */
    private record Known(RecipientResolution resolution, long at) {}

    IdentityDirectory(IdentityApi identity, TokenVerifier tokens, Clock clock) {
        this.identity = identity;
        this.tokens = tokens;
        this.clock = clock;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Something changed, or changes may have been missed: what is known must be asked again. */
    void changed() {
        freshSince = clock.millis();
        logIns.invalidateAll();
        accounts.invalidateAll();
    }

    @Override
    public Verdict resolve(EmailAddress address) {
        Verdict verdict = lookUp(address);
        boolean postmaster = address.local().equalsIgnoreCase(POSTMASTER);
        // Every domain has a postmaster (RFC 5321 §4.5.1): where nobody was named, the administrator.
        return verdict instanceof Verdict.Unknown && postmaster
                ? lookUp(new EmailAddress(ADMINISTRATOR, address.domain()))
                : verdict;
    }

    private Verdict lookUp(EmailAddress address) {
        Known known = recipients.getIfPresent(address.key());
        long now = clock.millis();
        if (known != null && known.at() > freshSince && now - known.at() < RECIPIENT_FRESH.toMillis()) {
            return verdict(known.resolution());
        }
        try {
            RecipientResolution resolution = identity.recipient(address.toString());
            recipients.put(address.key(), new Known(resolution, now));
            return verdict(resolution);
        } catch (ServiceProblem refused) {
            if (refused.status() == 400 || refused.status() == 422) {
                return new Verdict.Unknown();
            }
            return outage(known, refused);
        } catch (ServiceUnavailable down) {
            return outage(known, down);
        }
    }

    private static Verdict outage(@Nullable Known known, ServiceFailure failure) {
        LOG.debug("identity does not answer: {}", failure.getMessage());
        // A refusal is final, so what was unknown an hour ago must be asked again.
        return switch (known == null ? new Verdict.Unavailable() : verdict(known.resolution())) {
            case Verdict.Deliverable deliverable -> deliverable;
            case Verdict.Elsewhere elsewhere -> elsewhere;
            case Verdict.Unknown unknown -> new Verdict.Unavailable();
            case Verdict.Disabled disabled -> new Verdict.Unavailable();
            case Verdict.Unavailable unavailable -> unavailable;
        };
    }

    private static Verdict verdict(RecipientResolution resolution) {
        return switch (resolution.outcome()) {
            case DELIVERABLE -> {
                List<Target> targets = new ArrayList<>();
                resolution.accounts().forEach(found -> targets.add(new Target.Local(found.account(), found.email())));
                resolution.forwards().forEach(forward -> targets.add(new Target.Remote(forward)));
                yield targets.isEmpty()
                        ? new Verdict.Unknown()
                        : new Verdict.Deliverable(List.copyOf(targets), resolution.posters());
            }
            case NOT_LOCAL -> new Verdict.Elsewhere();
            case UNKNOWN -> new Verdict.Unknown();
            case DISABLED -> new Verdict.Disabled();
        };
    }

    @Override
    public LogIn logIn(Credentials credentials, InetAddress client) {
        String digest = digest(credentials, client);
        Account known = logIns.getIfPresent(digest);
        if (known != null) {
            return new LogIn.Accepted(known);
        }
        try {
            LogIn result =
                    switch (credentials) {
                        case Credentials.Password password -> byPassword(password, client);
                        case Credentials.Token token -> byToken(token);
                    };
            if (result instanceof LogIn.Accepted accepted) {
                logIns.put(digest, accepted.account());
            }
            return result;
        } catch (ServiceProblem problem) {
            if (problem.code() == ErrorCode.TOO_MANY_ATTEMPTS) {
                return new LogIn.TooMany(problem.retryAfter().orElse(DEFAULT_RETRY));
            }
            return switch (problem.status()) {
                case 400, 404, 422 -> new LogIn.Refused();
                case 401 ->
                    problem.code() == ErrorCode.INVALID_CREDENTIALS ? new LogIn.Refused() : unavailable(problem);
                default -> unavailable(problem);
            };
        } catch (ServiceUnavailable down) {
            return unavailable(down);
        }
    }

    @Override
    public LogIn account(String id) {
        Account known = accounts.getIfPresent(id);
        if (known != null) {
            return new LogIn.Accepted(known);
        }
        try {
            LogIn result = accepted(identity.account(id));
            if (result instanceof LogIn.Accepted accepted) {
                accounts.put(id, accepted.account());
            }
            return result;
        } catch (ServiceProblem problem) {
            return problem.status() == 400 || problem.status() == 404 ? new LogIn.Refused() : unavailable(problem);
        } catch (ServiceUnavailable down) {
            return unavailable(down);
        }
    }

    private static LogIn unavailable(ServiceFailure failure) {
        LOG.atWarn().setCause(failure).log("identity can't check a log-in");
        return new LogIn.Unavailable();
    }

    private LogIn byPassword(Credentials.Password password, InetAddress client) {
        return accepted(identity.authenticate(
                new AuthenticationRequest(password.user(), password.password(), "smtp", client.getHostAddress())));
    }

    private LogIn byToken(Credentials.Token token) {
        Optional<VerifiedToken> verified = tokens.verify(token.token());
        if (verified.isEmpty() || !verified.get().caller().hasScope(SEND)) {
            return new LogIn.Refused();
        }
        AccountSummary account = identity.account(verified.get().caller().accountId());
        boolean same = token.user().isEmpty() || token.user().equalsIgnoreCase(account.email());
        return same ? accepted(account) : new LogIn.Refused();
    }

    private static LogIn accepted(AccountSummary account) {
        if (!account.enabled()) {
            return new LogIn.Refused();
        }
        Set<String> senders = new HashSet<>();
        account.senders().forEach(text -> EmailAddress.parse(text).ifPresent(address -> senders.add(address.key())));
        EmailAddress.parse(account.email()).ifPresent(address -> senders.add(address.key()));
        Integer ofDomain = account.domainMessages();
        return new LogIn.Accepted(new Account(account.id(), account.email(), senders, ofDomain == null ? 0 : ofDomain));
    }

    /** What a repeated log-in is known by: nothing from which the secret could be found. */
    private String digest(Credentials credentials, InetAddress client) {
        String text =
                switch (credentials) {
                    case Credentials.Password password -> "p\0" + password.user() + "\0" + password.password();
                    case Credentials.Token token -> "t\0" + token.user() + "\0" + token.token();
                };
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(client.getAddress());
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
