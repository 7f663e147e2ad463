package cz.digidig.common.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads scopes and roles of a token. */
final class TokenClaims {
    private TokenClaims() {}

    /** {@code scope} is a text with blanks between (RFC 8693 §4.2) or a list. */
    static Set<String> scopes(Jwt token) {
        return words(token.getClaim("scope"));
    }

    static Set<String> roles(Jwt token) {
        return words(token.getClaim("roles"));
    }

    static Collection<GrantedAuthority> authorities(Jwt token) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        scopes(token).forEach(scope -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
        roles(token).forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
        return authorities;
    }

    private static Set<String> words(@Nullable Object claim) {
        Set<String> words = new LinkedHashSet<>();
        if (claim instanceof String text) {
            for (String word : text.split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        } else if (claim instanceof Collection<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }
}
