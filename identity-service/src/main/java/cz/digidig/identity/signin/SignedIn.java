package cz.digidig.identity.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A person's sign-in. Spring keeps it as an authentication whose name is the account's id and whose authorities say the
 * rest: types that its stores for sessions and authorizations can read.
 *
 * @param account the account's id
 * @param id the sign-in's id, the {@code sid} of tokens
 * @param at when it was
 * @param methods how, as {@code amr} values (RFC 8176): {@code pwd}, {@code otp}, {@code hwk}, ...
 */
public record SignedIn(String account, String id, Instant at, List<String> methods) {
    private static final String ID = "SIGN_IN_";
    private static final String METHOD = "FACTOR_";

    public SignedIn {
        methods = List.copyOf(methods);
    }

    /** Reads what {@link #authentication()} wrote. */
    public static SignedIn of(Authentication authentication) {
        String id = "";
        Instant at = Instant.EPOCH;
        List<String> methods = new ArrayList<>();
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            if (authority instanceof FactorGrantedAuthority factor) {
                at = factor.getIssuedAt().isAfter(at) ? factor.getIssuedAt() : at;
                methods.add(factor.getAuthority().substring(METHOD.length()));
            } else if (authority instanceof SimpleGrantedAuthority simple
                    && simple.getAuthority().startsWith(ID)) {
                id = simple.getAuthority().substring(ID.length());
            }
        }
        return new SignedIn(authentication.getName(), id, at, methods);
    }

    Authentication authentication() {
        List<GrantedAuthority> authorities = new ArrayList<>();
        authorities.add(new SimpleGrantedAuthority(ID + id));
        methods.forEach(method -> authorities.add(
                FactorGrantedAuthority.withFactor(method).issuedAt(at).build()));
        return UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
    }
}
