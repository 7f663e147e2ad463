package cz.digidig.client.profile;

import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageZone;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** The time zone of a page: that of the profile, else the one that the browser told ({@code mail.js}), else the server's. */
@Component
class PersonalZone implements PageZone {
    static final String COOKIE = "digidig-zone";
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private final Profiles profiles;

    PersonalZone(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public ZoneId of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        String chosen = principal instanceof Authentication signedIn && signedIn.getPrincipal() instanceof Person person
                ? profiles.of(person).timeZone()
                : "";
        return zone(chosen).or(() -> told(request)).orElseGet(ZoneId::systemDefault);
    }

    private static Optional<ZoneId> told(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? Optional.empty() : zone(decoded(cookie.getValue()));
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static Optional<ZoneId> zone(@Nullable String name) {
        return name != null && KNOWN.contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
