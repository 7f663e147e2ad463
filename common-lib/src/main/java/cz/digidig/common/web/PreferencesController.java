package cz.digidig.common.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Theme and language, kept in cookies, so that they hold on sign-in pages too and in every service of this host. */
@PageController
@ConditionalOnPages
class PreferencesController {
    private static final Duration KEPT = Duration.ofDays(365);

    private final LocaleResolver locales;

    PreferencesController(LocaleResolver locales) {
        this.locales = locales;
    }

    @PostMapping("/preferences")
    String choose(
            @RequestParam(required = false) @Nullable String theme,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (theme != null && PageModel.THEMES.contains(theme)) {
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(PageModel.THEME_COOKIE, theme)
                            .path("/")
                            .maxAge(KEPT)
                            .sameSite("Lax")
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .build()
                            .toString());
        }
        if (language != null && Languages.isKnown(language)) {
            locales.setLocale(request, response, Locale.of(language));
        }
        return "redirect:" + localPath(back);
    }

    /** A path of this service, whatever was sent: never another host. */
    static String localPath(String wanted) {
        boolean local = wanted.startsWith("/")
                && !wanted.startsWith("//")
                && wanted.chars().noneMatch(c -> c == '\\' || c < ' ' || c == ':');
        return local ? wanted : "/";
    }
}
