package cz.digidig.common.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.WebUtils;

/** What every page knows: the theme that was chosen, and where it is. */
@ControllerAdvice(annotations = PageController.class)
@ConditionalOnPages
class PageModel {
    static final String THEME_COOKIE = "digidig-theme";
    static final Set<String> THEMES = Set.of("system", "light", "dark");

    @ModelAttribute("theme")
    String theme(HttpServletRequest request) {
        return themeOf(request);
    }

    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    static String themeOf(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, THEME_COOKIE);
        return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "system";
    }
}
