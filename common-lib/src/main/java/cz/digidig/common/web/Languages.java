package cz.digidig.common.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** The languages of the pages: the one that was chosen, else the browser's, else English. */
final class Languages {
    static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.of("cs"));
    private static final Duration KEPT = Duration.ofDays(365);

    private Languages() {}

    static boolean isKnown(String language) {
        return ALL.stream().anyMatch(known -> known.getLanguage().equals(language));
    }

    static LocaleResolver resolver(PageZone zones) {
        CookieLocaleResolver resolver = new CookieLocaleResolver("digidig-language");
        resolver.setCookieMaxAge(KEPT);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setDefaultLocaleFunction(Languages::preferred);
        resolver.setDefaultTimeZoneFunction(request -> TimeZone.getTimeZone(zones.of(request)));
        return resolver;
    }

    private static Locale preferred(HttpServletRequest request) {
        Enumeration<Locale> wanted = request.getLocales();
        while (wanted.hasMoreElements()) {
            String language = wanted.nextElement().getLanguage();
            if (isKnown(language)) {
                return Locale.of(language);
            }
        }
        return Locale.ENGLISH;
    }
}
