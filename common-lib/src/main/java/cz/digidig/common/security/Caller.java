package cz.digidig.common.security;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whoever sent a request; a controller takes it as a parameter.
 *
 * @param accountId the account, or the service's name
 * @param email the account's primary address; empty for a service
 * @param scopes what the token allows
 * @param roles the account's roles
 */
public record Caller(String accountId, String email, Set<String> scopes, Set<String> roles) {
    /** The path segment that stands for the caller's own account. */
    public static final String ME = "me";

    public static Caller of(Jwt token) {
        String subject = token.getSubject();
        String email = token.getClaimAsString("email");
        return new Caller(
                subject == null ? "" : subject,
                email == null ? "" : email,
                TokenClaims.scopes(token),
                TokenClaims.roles(token));
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** Whether an account's data may be reached: the own one, any one for administrators and services. */
    public boolean mayReach(String account) {
        return account.equals(ME) || account.equals(accountId) || hasScope("admin") || hasScope("internal");
    }

    /**
     * The account that a path names, {@code me} resolved.
     *
     * @throws ProblemException 404 {@code not-found} where the caller may not reach it
     */
    public String account(String account) {
        if (!mayReach(account)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such account, or it is not yours to see");
        }
        return account.equals(ME) ? accountId : account;
    }
}
